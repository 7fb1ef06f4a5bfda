import type { Answer, WorkspaceContext } from '../platform/web/route.ts'
import { notFound, page, redirect } from '../platform/web/route.ts'
import { Refusal } from '../platform/refusals.ts'
import { noteReviewed, reviewsOf } from './classification-review.ts'
import { groundInWords } from './classification.ts'
import { judgedHere, shownClocksOf, workingModel } from './clock-models.ts'
import type { RecordHead } from './record.ts'
import { duePath } from './record-pages.ts'
import { findRecord, workspaceAddress } from './records.ts'
import { kindWord } from './words.ts'

/** The page on which a classification is looked at again. */
export function reviewPath(recordId: string): string {
  return `/workspace/records/${recordId}/classification`
}

async function opened({ trx, viewer, params }: WorkspaceContext): Promise<RecordHead | null> {
  return findRecord(trx, { areaId: viewer.area.id, id: params['id'] ?? '' })
}

export async function showClassification(context: WorkspaceContext): Promise<Answer> {
  const record = await opened(context)
  return record === null ? notFound() : classificationPage(context, record, [])
}

async function classificationPage(
  { trx, now }: WorkspaceContext,
  record: RecordHead,
  refusals: readonly string[],
): Promise<Answer> {
  const reviews = await reviewsOf(trx, record)
  const judged = await judgedHere(trx, record.areaId, now)
  const shown = new Map((await shownClocksOf(trx, record)).map(({ shown: clock }) => [clock.id, clock]))
  const model = {
    title: `The classification of ${record.title}`,
    record: {
      title: record.title,
      text: `${kindWord(record.kind)} ${record.reference}`,
      href: workspaceAddress(record),
    },
    form: { action: reviewPath(record.id), fields: {}, faults: [], refusals },
    ground: record.classification === 'open' ? null : groundInWords(record.ground),
    reviews: reviews.map(({ clock, part }) => {
      const working = shown.get(clock.id)
      return {
        clock: clock.id,
        since: clock.startedOn,
        part: part !== null,
        standing: working === undefined ? null : workingModel(working, judged).standing,
        due: { date: clock.due, running: true, href: duePath(record.id) },
      }
    }),
  }
  return page('record/views/classification.njk', model, refusals.length > 0 ? 422 : 200)
}

/** It was looked at again and stays: the next review begins. */
export async function doReviewed(context: WorkspaceContext): Promise<Answer> {
  const record = await opened(context)
  if (record === null) return notFound()
  const { clock } = context.fields
  try {
    await noteReviewed(context.trx, context, record, typeof clock === 'string' ? clock : '')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return classificationPage(context, record, error.reasons)
  }
  return redirect(workspaceAddress(record), 'The classification was looked at again and stays. The next review begins.')
}
