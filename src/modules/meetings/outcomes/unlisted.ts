import type { Trx } from '../../../platform/database/tables.ts'
import type { OutcomeForm } from './queries.ts'
import { offeredInProse } from './prose.ts'
import { outcomesWithin, settledWithin, textsWithin } from './unlisted-queries.ts'

/** Something minuted that stands on no list: typed without being raised, or left in the prose. */
export interface Unlisted {
  minutesId: string
  minutesTitle: string
  dated: Temporal.PlainDate
  item: string
  sentence: string
  form: OutcomeForm
  who: string | null
  /** `typed`: a line of the minute for which nothing was raised; `prose`: a sentence nobody has looked at. */
  found: 'typed' | 'prose'
}

/**
 * What an organisation's minutes say was asked, promised or recommended, and that no follow-up list holds. Drafts are
 * left out: what they raise is issued when they are circulated.
 *
 * @param areaId of the viewer
 * @returns the newest meeting first
 */
export async function unlistedIn(trx: Trx, areaId: number): Promise<Unlisted[]> {
  const outcomes = await outcomesWithin(trx, areaId)
  const settled = await settledWithin(trx, areaId)
  const typed = outcomes
    .filter(each => each.action_id === null)
    .map(each => ({
      ...whereOf(each),
      sentence: each.text,
      form: each.form,
      who: each.lead_words,
      found: 'typed' as const,
    }))
  const prose = (await textsWithin(trx, areaId)).flatMap(minute => {
    const here = (each: { minutes_id: string; item_id: string }) =>
      each.minutes_id === minute.minutes_id && each.item_id === minute.item_id
    const seen = settled.filter(here).map(each => each.sentence)
    return offeredInProse(minute.text, outcomes.filter(here), seen).map(offered => ({
      ...whereOf(minute),
      ...offered,
      found: 'prose' as const,
    }))
  })
  return [...typed, ...prose].sort((a, b) => Temporal.PlainDate.compare(b.dated, a.dated))
}

function whereOf(row: { minutes_id: string; minutes_title: string; dated: Temporal.PlainDate; item_title: string }) {
  return { minutesId: row.minutes_id, minutesTitle: row.minutes_title, dated: row.dated, item: row.item_title }
}
