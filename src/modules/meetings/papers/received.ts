import { z } from 'zod'
import type { Received } from '../../../record/release.ts'
import type { Section } from './compare.ts'
import type { PaperBody, SentSource } from './snapshot.ts'

/** What a paper that was sent to this organisation says, as far as a copy needs it. */
const document = z.object({
  fileId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.number(),
  pages: z.number().nullable(),
  scanned: z.boolean(),
})

const sentBody = z.object({
  author: z.string().nullable(),
  contact: z.string().nullable(),
  restriction: z.string().nullable(),
  document: document.nullable(),
  appendices: z.array(z.object({ id: z.string(), document: document.nullish() })),
  background: z.array(z.object({ title: z.string(), url: z.string().nullable() })),
  sent: z.object({
    requestId: z.string().nullable(),
    mayPublish: z.boolean(),
    inFull: z.boolean(),
    for: z.string().nullable(),
    source: z.object({
      recommendations: z.string(),
      body: z.string(),
      appendices: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          body: z.string(),
          restriction: z.string().nullable(),
          keptBack: z.boolean(),
        }),
      ),
      grounds: z.record(z.string(), z.string()),
    }),
  }),
})

export type SentBody = z.output<typeof sentBody> & { sent: { source: SentSource } }

/** Reads what was sent. It was frozen by this software, so that anything else is a fault in it. */
export function readSent(received: Pick<Received, 'body'>): SentBody {
  return sentBody.parse(received.body)
}

/** What was sent, as its page shows it. */
export function shownBody(received: Pick<Received, 'body'>): PaperBody {
  readSent(received)
  // Checked just above as far as anything is computed from it; templates print the rest.
  return { ...received.body } as object as PaperBody
}

/** A sent version as sections to compare. */
export function sentSections({ title, body }: Pick<Received, 'title' | 'body'>): Section[] {
  const sent = readSent({ body })
  const file = (each: z.output<typeof document> | null | undefined) =>
    each == null ? '' : `\n\nDocument: ${each.name} (${String(each.size)} bytes)`
  const { source } = sent.sent
  return [
    { id: 'title', title: 'Title', text: title },
    { id: 'recommendations', title: 'Recommendations', text: source.recommendations },
    { id: 'body', title: 'Report', text: source.body + file(sent.document) },
    ...source.appendices.map(each => ({
      id: each.id,
      title: `Appendix: ${each.title}`,
      text: each.body + file(sent.appendices.find(other => other.id === each.id)?.document),
    })),
    {
      id: 'background',
      title: 'Background papers',
      text: sent.background.map(each => [each.title, each.url].filter(Boolean).join(': ')).join('\n\n'),
    },
  ]
}
