import { z } from 'zod'
import { replyAnswers } from './words.ts'

/*
 * A reply as it is frozen when it is sent, and read by whoever asked. What is withheld from the public is marked; it
 * is the asker's snapshot that leaves it out.
 */
export const replyBody = z.object({
  recommendationId: z.string(),
  addresseeId: z.string(),
  answer: z.enum(replyAnswers),
  reason: z.string(),
  doing: z.string().nullable(),
  doneBy: z.string().nullable(),
  inTheNameOf: z.string(),
  sentOn: z.string().nullable(),
  /** The ground in words on which the replier says it may not be published; null where it may. */
  withheld: z.string().nullable(),
  evidence: z.array(z.object({ title: z.string(), fileId: z.string().nullable(), url: z.string().nullable() })),
})
export type ReplyBody = z.output<typeof replyBody>
