import type { Trx } from '../../../../platform/database/tables.ts'
import { Refusal } from '../../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../../record/record.ts'
import { changeRecord } from '../../../../record/records.ts'
import type { Adding } from '../../tables.ts'
import { deleteBreakdown, deleteDimension, dimensionsOf, saveBreakdown, saveDimension } from './breakdown-queries.ts'
import type { Dimension } from './breakdown-queries.ts'
import { type Breakdown, breakdownObstacle, hasParts } from './breakdown-tree.ts'

/*
 * What a measure is broken down into. Each deed is kept in the history of the measure; call it only for a measure
 * that was found visible.
 */

async function held(trx: Trx, key: RecordKey): Promise<Dimension[]> {
  return (await dimensionsOf(trx, key.areaId, [key.id])).get(key.id) ?? []
}

async function remember(trx: Trx, act: Act, key: RecordKey, details: object): Promise<void> {
  await changeRecord(trx, act, key, null, {}, { kind: 'changed', details: { breakdowns: details } })
}

/**
 * Adds a dimension to a measure, or changes whether its parts add up to the whole.
 *
 * @throws Refusal where it has no name
 */
export async function describeDimension(
  trx: Trx,
  act: Act,
  key: RecordKey,
  name: string,
  adding: Adding,
): Promise<void> {
  if (name.startsWith('=')) throw new Refusal(['A dimension must not begin with an equals sign.'])
  await saveDimension(trx, key, name, adding)
  await remember(trx, act, key, { dimension: name, adding })
}

/** Takes a dimension away that has no breakdowns left. */
export async function removeDimension(trx: Trx, act: Act, key: RecordKey, name: string): Promise<void> {
  const dimension = (await held(trx, key)).find(each => each.name === name)
  if (dimension === undefined) return
  if (dimension.breakdowns.length > 0) throw new Refusal([`“${name}” still has breakdowns. Take them out first.`])
  await deleteDimension(trx, key, name)
  await remember(trx, act, key, { dimension: name, removed: true })
}

/**
 * Describes breakdowns of one dimension under one larger part, new ones and ones that were described otherwise.
 *
 * @param parent the larger part, null for the whole
 * @throws Refusal with every reason; then none is described
 */
export async function describeBreakdowns(
  trx: Trx,
  act: Act,
  key: RecordKey,
  names: readonly string[],
  { dimension, parent }: Pick<Breakdown, 'dimension' | 'parent'>,
): Promise<void> {
  const dimensions = await held(trx, key)
  if (!dimensions.some(each => each.name === dimension))
    throw new Refusal([`There is no dimension “${dimension}” here.`])
  const all = dimensions.flatMap(each => each.breakdowns)
  const described = names.map(name => ({ name, dimension, parent }))
  const reasons = described.flatMap(each => breakdownObstacle(each, all) ?? movingObstacle(each, all) ?? [])
  if (reasons.length > 0) throw new Refusal(reasons)
  for (const each of described) await saveBreakdown(trx, key, each)
  await remember(trx, act, key, { breakdowns: names, dimension, parent })
}

function movingObstacle({ name, dimension }: Breakdown, all: readonly Breakdown[]): string | null {
  const before = all.find(each => each.name === name)
  if (before === undefined || before.dimension === dimension || !hasParts(name, all)) return null
  return `${name} has parts of its own in “${before.dimension}”. Take them out first.`
}

/** Forgets what was said of a breakdown; figures of that name stay, undescribed. */
export async function removeBreakdown(trx: Trx, act: Act, key: RecordKey, name: string): Promise<void> {
  const all = (await held(trx, key)).flatMap(each => each.breakdowns)
  if (hasParts(name, all)) throw new Refusal([`${name} has parts of its own. Take them out first.`])
  await deleteBreakdown(trx, key, name)
  await remember(trx, act, key, { breakdown: name, removed: true })
}
