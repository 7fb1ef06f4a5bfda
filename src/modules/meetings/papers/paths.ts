/** Addresses of papers in the workspace. */
export const papersRegister = '/workspace/meetings/papers'
export const requestsRegister = '/workspace/meetings/papers/requests'
export const paperPath = (id: string) => `/workspace/meetings/papers/${id}`
export const receivedPaperPath = (id: string) => `/workspace/meetings/papers/received/${id}`
export const requestPath = (id: string) => `/workspace/meetings/papers/requests/${id}`
export const receivedRequestPath = (id: string) => `/workspace/meetings/papers/requests/received/${id}`
export const meetingPapersPath = (meeting: string) => `/workspace/meetings/${meeting}/papers`
