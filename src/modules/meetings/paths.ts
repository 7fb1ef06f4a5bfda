/** Addresses of this module in the workspace. */
export const register = '/workspace/meetings'
export const minutesRegister = '/workspace/meetings/minutes'
export const meetingPath = (id: string) => `/workspace/meetings/${id}`
export const receivedMeetingPath = (id: string) => `/workspace/meetings/received/${id}`
export const minutesPath = (id: string) => `/workspace/meetings/minutes/${id}`
export const receivedMinutesPath = (id: string) => `/workspace/meetings/minutes/received/${id}`
