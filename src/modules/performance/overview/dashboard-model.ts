import type { ColumnModel, DownloadsModel, LinkModel, RowModel } from '../../../platform/web/patterns.ts'
import { withQuery } from '../../../platform/web/patterns.ts'
import {
  filterModels,
  filterQuery,
  isFiltered,
  type OfferedPart,
  type OverviewFilters,
  type OverviewGroup,
  partText,
  shownGroups,
} from './filters.ts'
import { countInWords, isOut, type MeasureFacts, type OverviewRow } from './lines.ts'

/** The layout of the side of the site that a page is on. */
export const layouts = {
  workspace: 'platform/web/views/workspace.njk',
  public: 'platform/web/views/public.njk',
} as const

/** What a dashboard is made from, in the workspace and in public alike. */
export interface DashboardParts {
  side: keyof typeof layouts
  title: string
  /** Its own address without a query. */
  address: string
  measures: readonly MeasureFacts[]
  offered: readonly OfferedPart[]
  filters: OverviewFilters
  /** True for the page of one part: then only its measures are chosen among, and the part stands in the address. */
  onePart?: boolean
  breadcrumbs?: readonly LinkModel[]
  /** Where it leads besides: areas, comparisons, the register. */
  links: readonly LinkModel[]
  /** Said where no measure is there at all. */
  empty: string
  /** Fields that every link and the form keep: the day whose published state is shown. */
  kept?: Readonly<Record<string, string>>
  /** Where it can be subscribed to. */
  atom?: string
}

/** The model of `overview.njk`. Pure. */
export function dashboardModel(parts: DashboardParts) {
  const { title, address, measures, filters, onePart = false } = parts
  const offered = onePart ? [] : parts.offered
  const groups = shownGroups(measures, filters)
  const rows = groups.flatMap(group => group.rows)
  const query = { ...parts.kept, ...filterQuery(filters), ...(onePart && { part: undefined }) }
  const atom = parts.atom === undefined ? {} : { atom: parts.atom }
  const at = (form: string): string => withQuery(`${address}${form}`, query, {})
  return {
    layout: layouts[parts.side],
    title,
    count: countInWords(rows),
    of: filters.part === null || onePart ? '' : partText(filters.part),
    address,
    filters: filterModels(measures, offered, filters),
    filtered: isFiltered(onePart ? { ...filters, part: null } : filters),
    kept: keptFields(parts, filters),
    groups,
    table: filters.table ? groups.map(tableOf) : null,
    otherView: {
      text: filters.table ? 'Show with small charts' : 'Show as a table',
      href: withQuery(address, query, filters.table ? {} : { view: 'table' }),
    },
    onlyOut:
      filters.standing === 'out' || !rows.some(row => isOut(row.standing.key))
        ? null
        : withQuery(address, { ...query, view: filters.table ? 'table' : undefined }, { standing: 'out' }),
    links: parts.links,
    empty: parts.empty,
    nothing: measures.length === 0,
    ...(parts.breadcrumbs !== undefined && { breadcrumbs: parts.breadcrumbs }),
    downloads: { csv: at('.csv'), json: at('.json'), ...atom } satisfies DownloadsModel,
    feeds: { csv: at('.csv'), json: at('.json'), ...atom } satisfies DownloadsModel,
  }
}

function keptFields({ kept = {} }: DashboardParts, { table }: OverviewFilters): { name: string; value: string }[] {
  const fields = Object.entries(kept).map(([name, value]) => ({ name, value }))
  return table ? [...fields, { name: 'view', value: 'table' }] : fields
}

const tableColumns: readonly ColumnModel[] = [
  { heading: 'Measure' },
  { heading: 'Latest figure' },
  { heading: 'On the year before' },
  { heading: 'State' },
  { heading: 'What the rules say' },
]

function tableOf({ title, href, rows }: OverviewGroup) {
  return { title, href, columns: tableColumns, rows: rows.map(tableRow) }
}

/** A row of the table: the same words as beside the small chart. */
export function tableRow(row: OverviewRow): RowModel {
  return {
    cells: [
      { type: 'text', text: row.title, href: row.href },
      { type: 'text', text: row.latest ?? 'No figures yet', hint: periodHint(row) },
      { type: 'text', text: row.change === '' ? 'Not told' : row.change },
      { type: 'state', state: { word: row.standing.word, colour: row.standing.colour } },
      { type: 'text', text: [row.says, ...row.parts].filter(each => each !== '').join('. ') },
    ],
  }
}

function periodHint({ period, status }: OverviewRow): string {
  return status === '' ? period : `${period}, ${status}`
}
