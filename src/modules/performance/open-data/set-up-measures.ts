import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Act } from '../../../record/record.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { type PlaceKind, PlaceNames } from '../places/place-names.ts'
import { insertPlace, listPlaces, updatePlace } from '../places/places-queries.ts'
import { spellingOf } from '../places/spelling.ts'
import type { FigureSheet } from './figure-sheet.ts'
import { addBreak, addBreakdowns, addDimensions, keepOpenMeasure, openMeasuresOf } from './open-data-queries.ts'

/** Keeps in the list of places what a file showed of the area: its own force and its districts. */
export async function keepPlaces(trx: Trx, act: Act, areaId: number, sheet: FigureSheet): Promise<void> {
  const listed = await listPlaces(trx, areaId)
  const known = new PlaceNames(listed)
  const add = (kind: PlaceKind, name: string) =>
    insertPlace(trx, {
      ...{ area_id: areaId, id: randomUUIDv7(), kind, name, spelling: spellingOf(name), own: true },
      ...{ merged_into: null, merged_from: null, changed_by: act.viewer.name, changed_at: act.now },
    })
  const force = sheet.ownForce
  const held = listed.find(place => place.kind === 'police-area' && place.name === force)
  if (held !== undefined) await updatePlace(trx, areaId, held.id, { own: true })
  else if (force !== null) await add('police-area', force)
  for (const name of sheet.districts) if (known.find('district', name) === undefined) await add('district', name)
}

/** Sets up the measures that are missing, describes the breakdowns, and notes the breaks that are known. */
export async function setUpMeasures(
  trx: Trx,
  act: Act,
  sheet: FigureSheet,
  areaId: number,
): Promise<{ references: Map<string, string>; made: number }> {
  const organisation = act.viewer.organisation.id
  const held = new Map((await openMeasuresOf(trx, areaId, organisation)).map(each => [each.key, each]))
  let made = 0
  for (const measure of sheet.measures.values()) {
    let known = held.get(measure.key)
    if (known === undefined) {
      const record = await setUpMeasure(trx, act, { ...measure.made, areaId })
      known = { key: measure.key, id: record.id, reference: record.reference }
      held.set(measure.key, known)
      await keepOpenMeasure(trx, {
        area_id: areaId,
        organisation_id: organisation,
        key: measure.key,
        measure_id: record.id,
      })
      const by = { entered_by: act.viewer.name, entered_at: act.now }
      for (const each of measure.breaks)
        await addBreak(trx, { areaId, measureId: record.id, breakdown: null }, each, by)
      made++
    }
    await addDimensions(trx, areaId, known.id, measure)
  }
  const ids = new Map([...held.values()].map(each => [each.key, each.id]))
  const breakdowns = [...sheet.breakdowns.values()].map(each => ({ ...each, measure: ids.get(each.measure) ?? '' }))
  await addBreakdowns(trx, areaId, breakdowns)
  return { references: new Map([...held.values()].map(each => [each.key, each.reference])), made }
}
