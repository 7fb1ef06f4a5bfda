import { sql } from 'kysely'
import type { Ground } from '../../../record/classification.ts'
import type { RecordHead } from '../../../record/record.ts'
import { addBody } from '../../organisations/index.ts'
import { addItem, addMeeting } from '../index.ts'
import { day, makeCast } from '../testing.ts'
import type { Cast } from '../testing.ts'

/** A panel's meeting to come, and those who have papers before it. */
export interface PanelCast extends Cast {
  panelBody: RecordHead
  meeting: RecordHead
  /** Items of its agenda: an open one, another, and one that is withheld. */
  budget: string
  complaints: string
  closed: string
}

export const exempt = {
  code: 'schedule-12a',
  paragraphs: [3],
  publicInterest: 'Bidders would learn each other’s prices',
} as const satisfies Ground
export const article = { code: 'article-2-2', limb: 'c', decidedBy: 'The chief executive' } as const satisfies Ground

/** The cast of meetings with a panel that meets on 24 April 2026. */
export async function panelCast(secretItem = 'Restricted matter'): Promise<PanelCast> {
  const cast = await makeCast()
  const { world, panelClerk } = cast
  return world.as(panelClerk, async (trx, act) => {
    const panelBody = await addBody(trx, act, {
      areaId: 1,
      name: 'Testshire Police and Crime Panel',
      form: 'panel',
      holders: [world.panel.id],
      sides: [world.office.id],
    })
    const date = day('2026-04-24')
    const meeting = await addMeeting(trx, act, { areaId: 1, bodyId: panelBody.id, date, openToPublic: true })
    const budget = await addItem(trx, act, meeting, { title: 'Budget monitoring' })
    const complaints = await addItem(trx, act, meeting, { title: 'Complaints' })
    const closed = await addItem(trx, act, meeting, { title: secretItem, ground: exempt })
    return { ...cast, panelBody, meeting, budget, complaints, closed }
  })
}

/** The tables in which a word occurs, of those that this login may read: rows as text, and the bytes of files. */
export async function tablesWith(
  { world }: Cast,
  schema: 'published' | 'workspace',
  word: string,
  where = 'true',
): Promise<string[]> {
  const { owner } = world.database
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = ${schema}`.execute(owner)
  if (rows.length < 5) throw new Error('The tables were not found')
  const found: string[] = []
  for (const { name } of rows) {
    const table = sql.raw(`${schema}."${name}"`)
    const asBytes = name === 'file_piece' ? sql` or position(${word}::bytea in t.bytes) > 0` : sql``
    const hit = await sql<{ n: number }>`
      select count(*)::int as n from ${table} t
      where (${sql.raw(name === 'sent' ? where : 'true')})
        and (lower(t::text) like ${`%${word.toLowerCase()}%`}${asBytes})`.execute(owner)
    if ((hit.rows[0]?.n ?? 0) > 0) found.push(name)
  }
  return found
}
