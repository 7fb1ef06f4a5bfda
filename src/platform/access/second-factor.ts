import QRCode from 'qrcode'
import type { Permissions } from './may.ts'
import { isPublishing } from './publishing.ts'
import type { Role } from './viewer.ts'

/**
 * Whether someone with these roles must use an authenticator code besides the password: those who may publish
 * must, because what they do cannot be undone in private.
 *
 * @param permissions the table put together from every module's description
 */
export function requiresSecondFactor(roles: readonly Role[], permissions: Permissions): boolean {
  return Object.entries(permissions).some(
    ([permission, allowed]) => isPublishing(permission) && roles.some(role => allowed.includes(role)),
  )
}

/**
 * The picture an authenticator app reads, as SVG without inline styles, so that a strict content security policy
 * lets it through. The text beside it holds the same key for those who cannot use a camera.
 *
 * @param address `otpauth://…`
 */
export async function qrPicture(address: string): Promise<string> {
  const svg = await QRCode.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  return svg.replace('<svg ', '<svg width="220" height="220" role="img" aria-label="QR code with the key" ')
}
