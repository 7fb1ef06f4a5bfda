import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { recordEvent } from '../../../record/history.ts'
import type { Act } from '../../../record/record.ts'
import { notePlaces } from './mergers.ts'
import { type PlaceKind, placeKindWords } from './place-names.ts'
import { insertPlace, type ListedPlace, listPlaces, putName, removeName, updatePlace } from './places-queries.ts'
import { printedName, spellingOf } from './spelling.ts'

export interface NewPlace {
  kind: PlaceKind
  name: string
  own: boolean
}

/**
 * Enters a place in the area's list, under the name its figures stand under.
 *
 * @throws Refusal where the list has the name already, or another police area is the area's own
 */
export async function enterPlace(trx: Trx, act: Act, areaId: number, made: NewPlace): Promise<string> {
  const places = await listPlaces(trx, areaId)
  refuse([...nameObstacles(places, made.kind, made.name), ...ownObstacles(places, made)])
  const id = randomUUIDv7()
  await insertPlace(trx, {
    ...{ area_id: areaId, id, kind: made.kind, name: printedName(made.name), spelling: spellingOf(made.name) },
    ...{ own: made.own, merged_into: null, merged_from: null, changed_by: act.viewer.name, changed_at: act.now },
  })
  tell(trx, act, areaId, 'place.entered', { kind: made.kind, name: made.name, own: made.own })
  return id
}

/** Says that a place is the area's own, or a part of it, or that it is not. */
export async function setOwn(trx: Trx, act: Act, areaId: number, id: string, own: boolean): Promise<void> {
  const places = await listPlaces(trx, areaId)
  const place = placeAmong(places, id)
  refuse(own && !place.own ? ownObstacles(places, { kind: place.kind, own }) : [])
  await updatePlace(trx, areaId, id, { own, changed_by: act.viewer.name, changed_at: act.now })
  tell(trx, act, areaId, 'place.changed', { name: place.name, own })
}

/**
 * Adds another name of a place, or the name it bears from a day on: files may use any of them, and the series goes on.
 *
 * @param from null for a name that was always used beside the other
 */
export async function addName(
  trx: Trx,
  act: Act,
  areaId: number,
  id: string,
  name: string,
  from: Temporal.PlainDate | null,
): Promise<void> {
  const places = await listPlaces(trx, areaId)
  const place = placeAmong(places, id)
  refuse(nameObstacles(places, place.kind, name))
  await putName(trx, areaId, id, printedName(name), from)
  tell(trx, act, areaId, from === null ? 'place.named' : 'place.renamed', {
    place: place.name,
    name,
    from: from?.toString(),
  })
  await notePlaces(trx, act, areaId)
}

export async function takeNameBack(trx: Trx, act: Act, areaId: number, id: string, name: string): Promise<void> {
  const place = placeAmong(await listPlaces(trx, areaId), id)
  await removeName(trx, areaId, id, spellingOf(name))
  tell(trx, act, areaId, 'place.name-removed', { place: place.name, name })
}

/**
 * Says that a place became part of another. Nothing is added up: figures before that day stay under their own names,
 * and the other's series get a break with the reason.
 */
export async function mergePlace(
  trx: Trx,
  act: Act,
  areaId: number,
  id: string,
  into: string,
  from: Temporal.PlainDate,
): Promise<void> {
  const places = await listPlaces(trx, areaId)
  const place = placeAmong(places, id)
  const successor = placeAmong(places, into)
  refuse(mergerObstacles(places, place, successor))
  await updatePlace(trx, areaId, id, {
    ...{ merged_into: into, merged_from: from, changed_by: act.viewer.name, changed_at: act.now },
  })
  tell(trx, act, areaId, 'place.merged', { place: place.name, into: successor.name, from: from.toString() })
  await notePlaces(trx, act, areaId)
}

/** Why a place cannot become part of another. Pure. */
export function mergerObstacles(places: readonly ListedPlace[], place: ListedPlace, into: ListedPlace): string[] {
  if (place.id === into.id) return ['A place cannot become part of itself.']
  if (place.kind !== into.kind) return [`A ${wordOf(place.kind)} cannot become part of a ${wordOf(into.kind)}.`]
  const byId = new Map(places.map(each => [each.id, each]))
  for (let next = byId.get(into.mergedInto ?? ''); next !== undefined; next = byId.get(next.mergedInto ?? '')) {
    if (next.id === place.id) return [`${into.name} is itself part of ${place.name}.`]
  }
  return []
}

/** Why a name cannot be given. Pure. */
export function nameObstacles(places: readonly ListedPlace[], kind: PlaceKind, name: string): string[] {
  const spelling = spellingOf(name)
  if (spelling === '') return ['The name must have letters.']
  const holder = places.find(
    each => each.kind === kind && (each.spelling === spelling || each.others.includes(spelling)),
  )
  return holder === undefined ? [] : [`“${printedName(name)}” is a name of ${holder.name} already.`]
}

/** An area has one police force of its own, and any number of parts. Pure. */
export function ownObstacles(places: readonly ListedPlace[], { kind, own }: Omit<NewPlace, 'name'>): string[] {
  const other = own && kind === 'police-area' ? places.find(each => each.kind === kind && each.own) : undefined
  return other === undefined ? [] : [`${other.name} is this area’s own police area. Take that back first.`]
}

const wordOf = (kind: PlaceKind) => placeKindWords[kind].word.toLowerCase()

function placeAmong(places: readonly ListedPlace[], id: string): ListedPlace {
  const found = places.find(place => place.id === id)
  if (found === undefined) throw new Refusal(['This place is not there any more.'])
  return found
}

function refuse(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refusal(reasons)
}

function tell(trx: Trx, act: Act, areaId: number, kind: string, payload: object): void {
  recordEvent(trx, act, { areaId, kind, holders: [act.viewer.organisation.id], payload })
}
