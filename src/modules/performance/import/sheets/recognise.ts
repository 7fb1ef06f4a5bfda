import { nearest } from '../nearest.ts'
import { columnLetter, type Sheet, widthOf } from './grid.ts'
import { headingOf, layOutSheet } from './layout.ts'
import type { Mapping } from './mapping.ts'
import { isPeriodLike } from './offer.ts'

/** A kept mapping laid over another file. */
export interface Recognised {
  /** The mapping for this file: rows and columns where they stand now. */
  mapping: Mapping
  /** What is not as it was, in sentences; said before anything is read. */
  differences: string[]
  /** Those of them by which figures could be read wrongly or not at all. */
  serious: boolean
  /** How much of what the file is known by was found, from 0 to 1. */
  likeness: number
}

/** Rows that headings may have moved up or down and still be looked for. */
const furthest = 10
const leastLikeness = 0.5

/**
 * Whether a file is of the shape that a mapping was made for, and what differs. A file is known by the headings of its
 * columns but for periods, which change with every file; where no column has such a heading, by its labels.
 */
export function recognise(sheets: readonly Sheet[], mapping: Mapping): Recognised | null {
  let best: { sheet: Sheet; shift: number; likeness: number } | null = null
  for (const sheet of sheets) {
    for (const shift of shifts(mapping)) {
      const likeness = likenessOf(sheet, mapping, shift) + (sheet.name === mapping.sheet ? 0.001 : 0)
      if (best === null || likeness > best.likeness) best = { sheet, shift, likeness }
    }
  }
  if (best === null || best.likeness < leastLikeness) return null
  return adapt(best.sheet, mapping, best.shift, Math.min(1, best.likeness))
}

/** Nothing first, then one row down, one up, and so on. */
function shifts({ headings }: Mapping): number[] {
  const top = headings[0]?.row ?? 1
  const steps = Array.from({ length: furthest }, (_, i) => i + 1)
  return [0, ...steps.flatMap(step => [step, -step])].filter(shift => top + shift >= 1)
}

const moved = (mapping: Mapping, shift: number) => mapping.headings.map(each => ({ ...each, row: each.row + shift }))

/** Columns by whose headings a file is known: all that are read, but for figures under periods. */
function anchors(mapping: Mapping): { heading: string; column: number }[] {
  return mapping.columns.flatMap(({ heading, holds }, i) =>
    holds === 'nothing' || heading === '' || isPeriodHeading(heading) ? [] : [{ heading, column: i + 1 }],
  )
}

/** Headings of several rows are joined: one that holds a period in any of its parts changes with the file. */
function isPeriodHeading(heading: string): boolean {
  return isPeriodLike(heading) || /\b(?:19|20)?\d\d[-/]\d\d\b|\b(?:19|20)\d\d\b|\bq[1-4]\b/i.test(heading)
}

function likenessOf(sheet: Sheet, mapping: Mapping, shift: number): number {
  const known = anchors(mapping)
  if (known.length === 0) return labelLikeness(sheet, mapping, shift)
  const headings = moved(mapping, shift)
  const there = new Set(headingsOf(sheet, headings).map(plain))
  return known.filter(({ heading }) => there.has(plain(heading))).length / known.length
}

function labelLikeness(sheet: Sheet, mapping: Mapping, shift: number): number {
  const layout = { ...mapping, headings: moved(mapping, shift), firstRow: mapping.firstRow + shift }
  const labels = new Set(layOutSheet(sheet, layout).figures.flatMap(each => [each.measure, each.breakdown]))
  labels.delete('')
  const known = [...labels].filter(label => label in mapping.measures || label in mapping.breakdowns)
  return labels.size === 0 ? 0 : known.length / labels.size
}

function headingsOf(sheet: Sheet, headings: Mapping['headings']): string[] {
  return Array.from({ length: widthOf(sheet) }, (_, i) => headingOf(sheet, headings, i + 1))
}

function adapt(sheet: Sheet, mapping: Mapping, shift: number, likeness: number): Recognised {
  const headings = moved(mapping, shift)
  const here = headingsOf(sheet, headings)
  const differences: string[] = []
  if (mapping.sheet !== null && sheet.name !== mapping.sheet) differences.push(words.sheet(sheet.name, mapping.sheet))
  if (shift !== 0) differences.push(words.shift(headings[0]?.row ?? 1, mapping.headings[0]?.row ?? 1))
  const places = placesOf(mapping, here)
  const gone = anchors(mapping).filter(({ column }) => !places.has(column))
  const elsewhere = [...places].filter(([before, now]) => before !== now)
  const columns = here.map((heading, i) => ({ heading, holds: holdsOf(mapping, places, heading, i + 1) }))
  differences.push(...elsewhere.map(([before, now]) => words.moved(here[now - 1] ?? '', now, before)))
  differences.push(...gone.map(({ heading }) => words.gone(heading, here)))
  const unknown = here.flatMap((heading, i) => {
    const isNew =
      heading !== '' &&
      columns[i]?.holds === 'nothing' &&
      !mapping.columns.some(each => plain(each.heading) === plain(heading))
    return isNew ? [words.added(heading, i + 1)] : []
  })
  differences.push(...unknown)
  const adapted = {
    ...mapping,
    sheet: mapping.sheet === null ? null : sheet.name,
    headings,
    columns,
    firstRow: mapping.firstRow + shift,
  }
  const labels = labelDifferences(sheet, adapted)
  return {
    mapping: adapted,
    differences: [...differences, ...labels],
    serious: gone.length + elsewhere.length + unknown.length + labels.length > 0,
    likeness,
  }
}

/** Where the columns of the mapping stand now: by their headings, and of several alike in their order. */
function placesOf(mapping: Mapping, here: readonly string[]): Map<number, number> {
  const taken = new Set<number>()
  const places = new Map<number, number>()
  for (const { heading, column } of anchors(mapping)) {
    const same = plain(here[column - 1] ?? '') === plain(heading) && !taken.has(column)
    const found = same ? column : here.findIndex((each, i) => plain(each) === plain(heading) && !taken.has(i + 1)) + 1
    if (found === 0) continue
    taken.add(found)
    places.set(column, found)
  }
  return places
}

function holdsOf(mapping: Mapping, places: ReadonlyMap<number, number>, heading: string, column: number) {
  for (const [before, now] of places) if (now === column) return mapping.columns[before - 1]?.holds ?? 'nothing'
  const figures = mapping.columns.filter(each => each.holds === 'figures')
  const underPeriods = figures.some(each => isPeriodHeading(each.heading))
  if (heading !== '' && isPeriodHeading(heading)) return underPeriods ? 'figures' : 'nothing'
  const before = mapping.columns[column - 1]
  return heading === '' && before?.heading === '' ? before.holds : 'nothing'
}

/** Labels that are new, with the known one that each may be another name of, and labels that are gone. */
function labelDifferences(sheet: Sheet, mapping: Mapping): string[] {
  const { figures } = layOutSheet(sheet, mapping)
  return (['measure', 'breakdown'] as const).flatMap(which => {
    const there = new Set(figures.map(each => each[which]).filter(label => label !== ''))
    const known = Object.keys(which === 'measure' ? mapping.measures : mapping.breakdowns)
    const gone = known.filter(label => !there.has(label))
    const added = [...there].filter(label => !known.includes(label))
    return [
      ...added.slice(0, mostSaid).map(label => words.newLabel(label, nearest(label, gone))),
      ...gone.slice(0, mostSaid).map(label => words.goneLabel(label)),
    ]
  })
}

const mostSaid = 20
const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()

const words = {
  sheet: (now: string, before: string) => `The sheet is called “${now}”; it was called “${before}”.`,
  shift: (now: number, before: number) => `The headings are in row ${String(now)}; they were in row ${String(before)}.`,
  moved: (heading: string, now: number, before: number) =>
    `“${heading}” is in column ${columnLetter(now)}; it was in column ${columnLetter(before)}.`,
  gone: (heading: string, here: readonly string[]) => {
    const near = nearest(
      heading,
      here.filter(each => each !== ''),
    )
    const maybe = near === null ? '' : ` Is it now called “${near}”?`
    return `There is no column “${heading}” any more.${maybe} Nothing is read for it.`
  },
  added: (heading: string, column: number) =>
    `Column ${columnLetter(column)}, “${heading}”, is new: nothing is read from it.`,
  newLabel: (label: string, near: string | null) =>
    near === null
      ? `“${label}” is new.`
      : `“${label}” is new, and “${near}” is gone: is it the same under another name?`,
  goneLabel: (label: string) => `“${label}” is not in this file any more.`,
}
