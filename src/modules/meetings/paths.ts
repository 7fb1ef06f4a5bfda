/** Addresses of this module in the workspace. */
export const register = '/workspace/meetings'
export const minutesRegister = '/workspace/meetings/minutes'
export const meetingPath = (id: string) => `/workspace/meetings/${id}`
export const receivedMeetingPath = (id: string) => `/workspace/meetings/received/${id}`
export const minutesPath = (id: string) => `/workspace/meetings/minutes/${id}`
export const receivedMinutesPath = (id: string) => `/workspace/meetings/minutes/received/${id}`
export const programmePath = '/workspace/meetings/programme'
export const programmeItemPath = (id: string) => `${programmePath}/${id}`
export const forwardPath = '/workspace/meetings/forward'
export const reviewsPath = '/workspace/meetings/reviews'
export const reviewPath = (id: string) => `${reviewsPath}/${id}`
