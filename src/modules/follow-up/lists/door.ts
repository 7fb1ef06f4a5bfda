import type { Trx } from '../../../platform/database/tables.ts'
import { findRecords } from '../../../record/records.ts'
import { findItems } from '../items/queries.ts'
import { isUnderWay } from '../items/rules.ts'
import { isItemKind, itemKinds } from '../items/words.ts'
import type { ItemKind } from '../items/words.ts'
import { itemsRaisedFrom, listItems } from './queries.ts'
import type { ListedItem } from './queries.ts'

/** An item as another module lists it. */
export interface ItemLine {
  id: string
  kind: ItemKind
  reference: string
  title: string
  state: string
  lead: string
  dueMoves: number
}

/**
 * What is left over when outcomes typed in minutes are held against this register: those that ask for something and
 * have no item here. An item that is no longer there, or not this organisation's to see, counts as none.
 *
 * @param outcomes each with the id of the item that was raised for it, or null
 */
export async function onNoList<Outcome extends { itemId: string | null }>(
  trx: Trx,
  areaId: number,
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const ids = outcomes.flatMap(outcome => outcome.itemId ?? [])
  const known = await findItems(trx, areaId, ids)
  return outcomes.filter(outcome => outcome.itemId === null || !known.has(outcome.itemId))
}

/** Items by their ids, those not visible left out. */
export async function itemLines(trx: Trx, areaId: number, ids: readonly string[]): Promise<Map<string, ItemLine>> {
  const items = await findItems(trx, areaId, ids)
  const records = await findRecords(trx, areaId, [...items.keys()])
  return new Map(
    records.flatMap(record => {
      const item = items.get(record.id)
      return item === undefined ? [] : lineOf({ record, item })
    }),
  )
}

/** What some bodies raised and nobody has closed yet, the latest first: what a working group asked for. */
export async function raisedByBodies(
  trx: Trx,
  areaId: number,
  bodies: readonly string[],
): Promise<(ItemLine & { bodyId: string })[]> {
  const found: (ItemLine & { bodyId: string })[] = []
  for (const body of bodies) {
    const { items } = await listItems(trx, areaId, { kinds: itemKinds, body }, { size: 100 })
    const open = items.filter(({ record }) => isUnderWay(record.state))
    found.push(...open.flatMap(lineOf).map(([, line]) => ({ ...line, bodyId: body })))
  }
  return found
}

/** What was raised from some records (meetings, minutes, questions), by the record it came of. */
export async function raisedFrom(
  trx: Trx,
  areaId: number,
  causes: readonly string[],
): Promise<Map<string, ItemLine[]>> {
  const found = await itemsRaisedFrom(trx, areaId, causes)
  return new Map([...found].map(([cause, items]) => [cause, items.flatMap(lineOf).map(([, line]) => line)]))
}

function lineOf({ record, item }: ListedItem): [string, ItemLine][] {
  const { id, kind, reference, title, state } = record
  if (!isItemKind(kind)) return []
  return [[id, { id, kind, reference, title, state, lead: item.lead_words, dueMoves: item.due_moves }]]
}
