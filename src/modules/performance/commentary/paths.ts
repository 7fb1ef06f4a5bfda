/** Addresses of commentary in the workspace. */
export const commentaryRegister = '/workspace/performance/commentary'

export function commentaryPath(id: string): string {
  return `${commentaryRegister}/${id}`
}

/** Where what another organisation released is read. */
export function receivedCommentaryPath(id: string): string {
  return `${commentaryRegister}/received/${id}`
}

/** Where commentary on a measure is begun. */
export function writePath(measureId: string): string {
  return `${commentaryRegister}/new?measure=${measureId}`
}
