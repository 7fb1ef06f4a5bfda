/** First words of the actions by which something reaches the public, or is taken from it again. */
const publishingActions = ['publish', 'withdraw', 'take-down']

/**
 * Whether a permission puts something before the public, or takes it away again.
 *
 * @param permission `<module>.<action>`
 */
export function isPublishing(permission: string): boolean {
  const action = permission.slice(permission.indexOf('.') + 1)
  return publishingActions.some(word => action === word || action.startsWith(`${word}-`))
}
