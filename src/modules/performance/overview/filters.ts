import type { FilterModel } from '../../../platform/web/patterns.ts'
import { byName, inOrder, isOut, type MeasureFacts, type OverviewRow, overviewRow, type StandingKey } from './lines.ts'

/** A breakdown that can be asked for, as it stands in the address: "District: Rugby". */
export interface OfferedPart {
  dimension: string
  name: string
}

/** What a reader asked of the dashboard; it lives in the address. */
export interface OverviewFilters {
  objective: string
  standing: StandingChoice | ''
  dimension: string
  part: OfferedPart | null
  words: string
  /** True for the table instead of the rows. */
  table: boolean
}

const standingChoices = ['out', 'bad', 'good', 'usual', 'early'] as const
export type StandingChoice = (typeof standingChoices)[number]

const choiceWords: Record<StandingChoice, string> = {
  out: 'Out of the ordinary',
  bad: 'For the worse',
  good: 'For the better',
  usual: 'Within the usual range',
  early: 'Too early to say, or not judged',
}

const choiceHolds: Record<StandingChoice, (key: StandingKey) => boolean> = {
  out: isOut,
  bad: key => key === 'bad',
  good: key => key === 'good',
  usual: key => key === 'usual',
  early: key => key === 'silent' || key === 'none',
}

type Query = Readonly<Record<string, string | undefined>>

/** What measures without an objective are found by. */
export const noObjective = 'none'

/** How a breakdown is written in the address and in lists. */
export const partText = ({ dimension, name }: OfferedPart): string =>
  dimension === '' ? name : `${dimension}: ${name}`

/** Reads the filters from an address. What makes no sense, or is not offered, is left out. */
export function readFilters(query: Query, offered: readonly OfferedPart[]): OverviewFilters {
  const asked = query['part'] ?? ''
  const dimension = query['dimension'] ?? ''
  return {
    objective: query['objective'] ?? '',
    standing: standingChoices.find(each => each === query['standing']) ?? '',
    dimension: offered.some(each => each.dimension === dimension) ? dimension : '',
    part: offered.find(each => partText(each) === asked) ?? null,
    words: (query['words'] ?? '').trim().slice(0, 100),
    table: query['view'] === 'table',
  }
}

/** Whether anything is left out by the filters. */
export function isFiltered({ objective, standing, dimension, part, words }: OverviewFilters): boolean {
  return objective !== '' || standing !== '' || dimension !== '' || part !== null || words !== ''
}

/** An objective's rows as they stand under its heading. */
export interface OverviewGroup {
  title: string
  href: string | null
  rows: readonly OverviewRow[]
}

/** The measures that the filters leave, by objective, exceptional ones first in each. Pure. */
export function shownGroups(measures: readonly MeasureFacts[], filters: OverviewFilters): OverviewGroup[] {
  const left = measures.filter(each => isLeft(each, filters))
  const groups = Map.groupBy(left, each => each.objective?.title ?? '')
  const order = (key: string) => groups.get(key)?.[0]?.objective?.order ?? '\uffff'
  return [...groups.keys()]
    .sort((a, b) => Number(a === '') - Number(b === '') || byName(order(a), order(b)) || byName(a, b))
    .map(title => ({
      title: title === '' ? 'Measures of no objective' : title,
      href: groups.get(title)?.[0]?.objective?.href ?? null,
      rows: inOrder((groups.get(title) ?? []).map(overviewRow)).filter(
        row => filters.standing === '' || choiceHolds[filters.standing](row.standing.key),
      ),
    }))
    .filter(({ rows }) => rows.length > 0)
}

function isLeft(each: MeasureFacts, { objective, dimension, part, words }: OverviewFilters): boolean {
  const title = each.objective?.title ?? ''
  if (objective !== '' && (objective === noObjective ? title !== '' : title !== objective)) return false
  if (dimension !== '' && part === null && !each.parts.some(parts => parts.dimension === dimension)) return false
  if (part !== null && each.series === null) return false
  const text = `${each.title} ${each.reference} ${title}`.toLocaleLowerCase('en-GB')
  return words
    .toLocaleLowerCase('en-GB')
    .split(/\s+/)
    .every(word => text.includes(word))
}

/** The filters as a page offers them. */
export function filterModels(
  measures: readonly MeasureFacts[],
  offered: readonly OfferedPart[],
  filters: OverviewFilters,
): FilterModel[] {
  const objectives = [...new Set(measures.map(each => each.objective?.title ?? ''))].sort(byName)
  const dimensions = [...new Set(offered.map(each => each.dimension))].filter(each => each !== '')
  const any = (text: string) => ({ value: '', text })
  const choice = (name: string, label: string, value: string, options: readonly { value: string; text: string }[]) =>
    ({ type: 'choice', name, label, value, options }) as const
  return [
    choice('objective', 'Objective', filters.objective, [
      any('All'),
      ...objectives.filter(each => each !== '').map(each => ({ value: each, text: each })),
      ...(objectives.includes('') ? [{ value: noObjective, text: 'None' }] : []),
    ]),
    choice('standing', 'What the rules say', filters.standing, [
      any('Anything'),
      ...standingChoices.map(value => ({ value, text: choiceWords[value] })),
    ]),
    ...(dimensions.length === 0
      ? []
      : [
          choice('dimension', 'Broken down by', filters.dimension, [
            any('Anything or nothing'),
            ...dimensions.map(each => ({ value: each, text: each })),
          ]),
        ]),
    ...(offered.length === 0
      ? []
      : [
          choice('part', 'Figures of', filters.part === null ? '' : partText(filters.part), [
            any('The whole area'),
            ...offered.map(each => ({ value: partText(each), text: partText(each) })),
          ]),
        ]),
    { type: 'words', name: 'words', label: 'Words in the title', value: filters.words },
  ]
}

/** The address's query with these filters alone, for links that keep them. */
export function filterQuery(filters: OverviewFilters): Record<string, string | undefined> {
  const { objective, standing, dimension, part, words } = filters
  return { objective, standing, dimension, words, part: part === null ? '' : partText(part) }
}
