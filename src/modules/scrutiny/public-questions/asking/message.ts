import { createHash } from 'node:crypto'
import { z } from 'zod'

/** The kind of message by which a question comes in through the public site. */
export const messageKind = 'public-question'

/** What a member of the public sent, as it waits at the intake. */
export const askedMessage = z.object({
  bodyId: z.uuid(),
  /** Null for whichever meeting is next. */
  meetingId: z.uuid().nullable(),
  text: z.string().min(1),
  name: z.string().min(1),
  showName: z.boolean(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  wishes: z.enum(['in-person', 'read-out']),
})

export type AskedMessage = z.infer<typeof askedMessage>

/**
 * The identity of a message, which follows from what it says, to which meeting, by whom and on which day. Whoever sends
 * a form twice sends one message, and is told the same receipt.
 */
export function messageId(areaId: number, message: AskedMessage, on: Temporal.PlainDate): string {
  const { bodyId, meetingId, text, name, email, address } = message
  const same = [email, address, name].map(each => (each ?? '').toLowerCase().replaceAll(/\s+/g, ' '))
  const parts = [areaId, bodyId, meetingId, text.replaceAll(/\s+/g, ' '), ...same, on.toString()]
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  // An identity of version 8 (RFC 9562): its bits are the maker's own.
  const shaped = `${hex.slice(0, 12)}8${hex.slice(13, 16)}a${hex.slice(17, 32)}`
  return shaped.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Letters and digits that nobody takes for one another when a receipt is read out. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What the asker is told to quote, of eight letters and digits: it follows from the message and tells nothing of it. */
export function receiptOf(id: string): string {
  const digest = createHash('sha256').update(`receipt ${id}`).digest()
  const chosen = [...digest.subarray(0, 8)].map(byte => letters[byte % letters.length] ?? '')
  return `${chosen.slice(0, 4).join('')}-${chosen.slice(4).join('')}`
}
