/**
 * The address to go to after signing in or acting: only ever a path of this site, so that a link cannot send anybody
 * elsewhere.
 *
 * @param to as it came with a request
 * @param fallback where to go when it is not a path of this site
 */
export function localPath(to: string | undefined, fallback = '/workspace'): string {
  if (to === undefined || !/^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(to)) return fallback
  const address = new URL(to, 'http://site.invalid')
  return address.origin === 'http://site.invalid' ? address.pathname + address.search + address.hash : fallback
}

/** The sign-in page, which afterwards leads on to an address. */
export function signInAddress(to: string): string {
  return `/workspace/sign-in?to=${encodeURIComponent(to)}`
}
