import type { Place } from '../places/place-names.ts'
import type { Counts } from './counts.ts'
import type { FigureSheet } from './figure-sheet.ts'
import type { Setting } from './setting.ts'

/** Of the rows with a place, one in so many must lie in a district for it to be taken as the area's. */
const oneIn = 100

/**
 * The districts of the area among those of a file, by the file's name of each: those on the area's list, or, while the
 * list has none, those with a hundredth of the rows or more. What lies elsewhere is told.
 */
export function inDistricts(
  sheet: FigureSheet,
  { places }: Setting,
  districts: ReadonlyMap<string, Counts>,
): { names: Map<string, string>; places: Place[] } {
  const rows = new Map<string, number>()
  for (const counts of districts.values()) {
    for (const [name, count] of counts.byKey) rows.set(name, (rows.get(name) ?? 0) + count)
  }
  const nowhere = rows.get('') ?? 0
  rows.delete('')
  const listed = places.own('district')
  const names = new Map<string, string>()
  const found: Place[] = []
  const located = [...rows.values()].reduce((sum, n) => sum + n, 0)
  for (const [inFile, count] of rows) {
    const place = places.find('district', inFile)
    if (listed.length > 0 ? place?.own === true : count * oneIn >= located) {
      names.set(inFile, place?.name ?? inFile)
      if (place !== undefined) found.push(place)
    }
  }
  if (listed.length === 0) takeAsOwn(sheet, [...names.values()])
  tellElsewhere(
    sheet,
    [...rows].filter(([name]) => !names.has(name)),
    nowhere,
  )
  return { names, places: found }
}

function takeAsOwn(sheet: FigureSheet, names: readonly string[]): void {
  sheet.districts = [...names].sort((a, b) => a.localeCompare(b, 'en'))
  if (names.length === 0) return
  sheet.notice(
    `Taken as the area’s districts, because one in ${String(oneIn)} rows or more lies in each: ${sheet.districts.join(', ')}. ` +
      'Put this right under Places if it is not so.',
  )
}

function tellElsewhere(sheet: FigureSheet, others: readonly [string, number][], nowhere: number): void {
  const count = (n: number) => n.toLocaleString('en-GB')
  const sum = others.reduce((total, [, n]) => total + n, 0)
  if (sum > 0) {
    const most = [...others].sort((a, b) => b[1] - a[1])
    const named = most.slice(0, 3).map(([name, n]) => `${name} ${count(n)}`)
    const rest = most.length > 3 ? ` and ${count(most.length - 3)} other districts` : ''
    sheet.notice(
      `${count(sum)} rows lie outside the area’s districts (${named.join(', ')}${rest}): they count for the force and for no district.`,
    )
  }
  if (nowhere > 0) sheet.notice(`${count(nowhere)} rows have no place: they count for the force and for no district.`)
}
