import type { Trx } from '../../../platform/database/tables.ts'
import type { Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findBody } from '../../organisations/index.ts'
import { sayDate } from '../said.ts'
import type { Said } from '../said.ts'
import { findProgrammeItem, movesOf } from './queries.ts'
import type { MoveRow, ProgrammeItem } from './queries.ts'
import { nextInWords } from './rules.ts'

export interface ProgrammeItemBody {
  body: string
  form: string
  covers: string
  lead: string | null
  standing: boolean
  last: Said | null
  next: string | null
  requested: Said | null
  circulated: Said | null
  moves: { on: Said; was: string; became: string; why: string }[]
  source: string | null
}

/** What the public, or an organisation, may have of an item of the work programme. */
export async function programmeSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const item = await findProgrammeItem(trx, key)
  if (item === null) throw new Error(`No item ${key.id} of a work programme to make a snapshot of`)
  const body = await findBody(trx, { areaId: key.areaId, id: item.row.body_id })
  return buildProgrammeSnapshot(item, body?.name ?? '', await movesOf(trx, key.areaId, [key.id]))
}

/** Pure: the same facts make the same snapshot. */
export function buildProgrammeSnapshot(
  { row, facts }: ProgrammeItem,
  body: string,
  moves: readonly MoveRow[],
): Snapshot {
  const comes = facts.state === 'programmed' || facts.state === 'on-agenda' || facts.state === 'requested'
  const next = comes ? nextInWords(facts.next) : null
  const shown: ProgrammeItemBody = {
    body,
    form: row.form,
    covers: row.covers,
    lead: row.lead,
    standing: row.standing,
    last: said(row.last_date),
    next,
    requested: said(row.requested_on),
    circulated: said(row.circulated_on),
    moves: moves.map(each => ({ on: sayDate(each.moved_on), was: each.was, became: each.became, why: each.why })),
    source: row.source,
  }
  return {
    body: shown,
    summary: next === null ? row.covers : `${row.covers} Next: ${next}.`,
    searchText: `${row.covers} ${row.lead ?? ''} ${body}`,
    facts: {
      body,
      form: row.form,
      covers: row.covers,
      lead: row.lead,
      last: row.last_date?.toString() ?? null,
      next,
      requested: row.requested_on?.toString() ?? null,
      circulated: row.circulated_on?.toString() ?? null,
    },
    preview: [{ heading: 'What it is to cover', text: row.covers }],
  }
}

function said(date: Temporal.PlainDate | null): Said | null {
  return date === null ? null : sayDate(date)
}
