import type { PlaceNames, Place } from '../places/place-names.ts'
import type { FigureSheet } from './figure-sheet.ts'

/** Where figures are to be loaded, as far as a form needs to know. */
export interface Setting {
  places: PlaceNames
  /** The police force whose figures are those of the whole area. */
  own: Place
  /** A financial year (2017/18) for files that do not say theirs. */
  year: string | null
  /** Single quarters that are held of all recorded crime, by their first day (ISO text), from a measure that was named. */
  anchors: ReadonlyMap<string, number> | null
}

export const policeArea = 'Police area'

/** A police area in a table, as a breakdown: none for the area's own force. Null, and said, where it is not known. */
export function policeAreaIn(
  sheet: FigureSheet,
  setting: Setting,
  name: string,
  where: { line: number; column: string },
): { breakdown: string; dimension?: string } | null {
  const found = setting.places.find('police-area', name)
  if (found === undefined) {
    sheet.fault(where.line, where.column, unknownPoliceArea(name))
    return null
  }
  noteMerged(sheet, found)
  return found.name === setting.own.name ? { breakdown: '' } : { breakdown: found.name, dimension: policeArea }
}

/** A place that is part of another now keeps its figures under its own name; they are never added up unasked. */
export function noteMerged(sheet: FigureSheet, place: Place): void {
  if (place.merged === null) return
  const { into, from } = place.merged
  sheet.notice(
    `${place.name} has been part of ${into} since ${from.toString()}: its figures are kept under its own name and not added.`,
  )
}

export const unknownPoliceArea = (name: string) =>
  `“${name}” is not a police force that is known. If it is another name of one, or a new one, enter it under Places.`
