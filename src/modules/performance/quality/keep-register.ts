import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { checkClaimsAbout } from './claims/enter-claim.ts'
import { contradictionsIn } from './find.ts'
import type { Finding } from './finding.ts'
import { insertQuery, measuresOfSeries, queriesOfMeasures, updateQuery } from './quality-queries.ts'
import { registerChanges } from './register-changes.ts'
import { forEachSubject } from './subjects.ts'
import { severityOf, verdicts } from './verdicts.ts'

/** What looking at some measures changed in the registers of data queries and claims. */
export interface KeptQueries {
  found: number
  /** Told in other words, or found again. */
  changed: number
  /** No longer borne out by the figures. */
  lapsed: number
  /** Claims that came out otherwise than before. */
  claims: number
}

/**
 * Looks for contradictions in the figures of some measures and those kindred to them, and brings the register of data
 * queries in line: enters what is found, tells anew what changed, lets go what the figures no longer bear out. Claims
 * about these measures are checked again. To be called in the transaction that changed the figures.
 *
 * @param measureIds all that the transaction's organisations hold where none are given
 */
export async function findContradictions(
  trx: Trx,
  act: Act,
  areaId: number,
  measureIds: readonly string[] | null = null,
): Promise<KeptQueries> {
  const kept: KeptQueries = { found: 0, changed: 0, lapsed: 0, claims: 0 }
  await forEachSubject(trx, areaId, measureIds, async (subjects, heads) => {
    const ids = subjects.map(({ measure }) => measure.id)
    const { enter, change, lapse } = registerChanges(
      await queriesOfMeasures(trx, areaId, ids),
      contradictionsIn(subjects),
    )
    for (const found of enter) await enterOne(trx, act, heads.get(found.measureId), found)
    for (const each of change) await tellAnew(trx, act, areaId, each)
    for (const held of lapse) {
      const key = { areaId, id: held.id }
      await updateQuery(trx, key, { checked_at: act.now })
      await changeRecord(trx, act, key, null, { state: 'not-borne-out' }, { kind: 'not-borne-out' })
    }
    kept.found += enter.length
    kept.changed += change.length
    kept.lapsed += lapse.length
    kept.claims += await checkClaimsAbout(trx, act, areaId, ids)
  })
  return kept
}

/** The same for the series that a load touched, as the loader numbers them. */
export async function findContradictionsOfSeries(
  trx: Trx,
  act: Act,
  areaId: number,
  seriesIds: readonly number[],
): Promise<KeptQueries> {
  return findContradictions(trx, act, areaId, await measuresOfSeries(trx, seriesIds))
}

const mostTitle = 150

async function enterOne(trx: Trx, act: Act, measure: RecordHead | undefined, found: Finding): Promise<void> {
  if (measure === undefined) return
  const { areaId } = measure
  const record = await createRecord(trx, act, {
    areaId,
    kind: 'data-query',
    title: titleOf(measure, found),
    state: 'found',
    holders: measure.holders,
    classification: measure.classification,
    ground: measure.ground,
    searchText: found.sentence,
  })
  await insertQuery(trx, {
    ...{ area_id: areaId, id: record.id, measure_id: measure.id, identity: found.identity, explanation: null },
    ...columnsOf(act, found),
  })
  await link(trx, act, record, 'found-in', measure)
}

/** "Two values for one thing: Police community support officers". */
function titleOf(measure: Pick<RecordHead, 'title'>, found: Finding): string {
  return `${verdicts[found.verdict].word}: ${measure.title}`.slice(0, mostTitle)
}

function columnsOf(act: Act, { rule, verdict, sentence, figures, withheld }: Finding) {
  const severity = severityOf(verdict) === 'error' ? ('error' as const) : ('warning' as const)
  const { settle } = verdicts[verdict]
  return { rule, verdict, severity, sentence, settle, figures, withheld, checked_at: act.now }
}

async function tellAnew(
  trx: Trx,
  act: Act,
  areaId: number,
  { held, found, again }: { held: { id: string; state: string }; found: Finding; again: boolean },
): Promise<void> {
  const key = { areaId, id: held.id }
  await updateQuery(trx, key, columnsOf(act, found))
  const changes = { searchText: found.sentence, ...(again && { state: 'found' }) }
  await changeRecord(trx, act, key, null, changes, { kind: again ? 'found-again' : 'told-anew' })
}
