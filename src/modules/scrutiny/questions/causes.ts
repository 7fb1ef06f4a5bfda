import type { WorkspaceContext } from '../../../platform/web/route.ts'
import { kindOf } from '../../../record/kinds.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findReceived } from '../../../record/release.ts'
import { findRecord } from '../../../record/records.ts'
import { questionBody } from '../bodies.ts'
import type { Cause } from './draft.ts'

/** What a question may be drafted from, and what its form begins with. */
export interface Origin {
  cause: Cause
  reference: string
  title: string
  /** What stands under "why it is asked" to begin with. */
  why: string
  form: 'question' | 'tasking'
}

/** Kinds of one's own records that a question may ask about. */
const askable: readonly string[] = ['exception', 'objective', 'measure', 'question', 'data-query', 'claim']

/**
 * What a question is drafted from: an exception, objective or measure; a question of one's own, which makes it a
 * supplementary; or a question that another organisation sent, which makes it a tasking that comes of it.
 */
export async function originOf({ trx, viewer }: WorkspaceContext, key: RecordKey): Promise<Origin | null> {
  const organisation = viewer.organisation.id
  const own = await findRecord(trx, key)
  if (own !== null) {
    if (!askable.includes(own.kind)) return null
    const { reference, title } = own
    const why =
      own.kind === 'question' ? `Supplementary to ${reference}: ${title}` : await wordsOf(trx, own, organisation)
    return { cause: { ...key, kind: own.kind, relation: 'asks-about' }, reference, title, why, form: 'question' }
  }
  const sent = await findReceived(trx, organisation, key)
  if (sent?.kind !== 'question') return null
  const { askedBy, text } = questionBody.parse(sent.body)
  const why = `${askedBy} asked (${sent.reference}): ${text}`
  const cause: Cause = { ...key, kind: 'question', relation: 'tasked-by' }
  return { cause, reference: sent.reference, title: sent.title, why, form: 'tasking' }
}

async function wordsOf(trx: WorkspaceContext['trx'], record: RecordHead, organisation: string): Promise<string> {
  const { body, summary } = await kindOf(record.kind).snapshot(trx, record, { type: 'organisation', id: organisation })
  return 'text' in body && typeof body.text === 'string' ? body.text : summary || record.title
}
