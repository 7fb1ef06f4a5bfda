/** The one inline script of every page: the design system's template tells its style sheet that scripts run. */
export const templateScriptHash = 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='

const policy = [
  "default-src 'none'",
  `script-src 'self' '${templateScriptHash}'`,
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'none'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent with every answer of the site. */
export const securityHeaders: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
})

/**
 * The same, for a site served over https: browsers are told to come back that way only.
 *
 * @param baseUrl the site's own address
 */
export function headersFor(baseUrl: string): Readonly<Record<string, string>> {
  if (!baseUrl.startsWith('https://')) return securityHeaders
  return Object.freeze({ ...securityHeaders, 'strict-transport-security': 'max-age=31536000; includeSubDomains' })
}
