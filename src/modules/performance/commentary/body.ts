import { z } from 'zod'

/** What is frozen of a commentary, for organisations and for the public. */
export const commentaryBody = z.object({
  measureId: z.string(),
  measure: z.string(),
  breakdown: z.string(),
  /** First day of the period, and the period in words. */
  period: z.string(),
  periodWords: z.string(),
  text: z.string(),
  author: z.string(),
  organisation: z.string(),
  writtenOn: z.string(),
  /** For organisations: whether its writer agrees to its publication, and the wordings released before. */
  mayPublish: z.boolean().default(false),
  earlier: z.array(z.object({ text: z.string(), author: z.string(), writtenOn: z.string() })).default([]),
})
export type CommentaryBody = z.infer<typeof commentaryBody>
