import type { CellModel, FilterModel, RegisterModel, StateModel } from '../../../platform/web/patterns.ts'
import { withQuery } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { countInWords } from '../../../record/public-pages.ts'
import { workspaceCounts } from '../../../record/register.ts'
import { listReceived } from '../../../record/release.ts'
import { counted } from '../../../record/words.ts'
import { exceptionKind } from '../kinds.ts'
import { paths } from '../paths.ts'
import type { Judgement } from '../analysis/readings.ts'
import {
  countExceptions,
  type ExceptionFilter,
  exceptionLines,
  type RegisterLine,
  type RegisterPlace,
} from './exceptions-queries.ts'
import { levels, lifeNow, lives, standings, stands } from './life.ts'
import { judgementWords } from './texts.ts'
import { levelWords, lifeTags, standingTags } from './words.ts'

const size = 25
/** A filtered register is counted no further than this. */
const countedTo = 1000

/** The choice of everything that stands, whether new or continuing. */
const standingNow = 'stands'
const judgements = Object.keys(judgementWords) as readonly Judgement[]

/** The register of exceptions, good and bad: what the figures say and what people did, each with a filter of its own. */
export async function showExceptions(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, query } = context
  const scope = { areaId: viewer.area.id, organisation: viewer.organisation.id }
  const filter = filterOf(query)
  const place = readPlace(query['after'] ?? query['before'])
  const back = query['before'] !== undefined && place !== null
  const found = await exceptionLines(trx, scope, filter, { place, back, size: size + 1 })
  const more = found.length > size
  const lines = back ? found.slice(-size) : found.slice(0, size)
  const model: RegisterModel = {
    title: 'Exceptions',
    count: await countWords(context, filter),
    introduction: 'Figures that the rules say need explaining, for better or worse.',
    address: paths.exceptions,
    filters: filters(query),
    filtered: isFiltered(filter),
    columns: [
      { heading: 'Exception' },
      { heading: 'Judged' },
      { heading: 'What the figures say' },
      { heading: 'What was done' },
      { heading: 'Date' },
    ],
    rows: lines.map(line => ({ cells: cellsOf(line) })),
    empty: 'Exceptions appear here when figures are loaded that the rules say need explaining.',
    ...turns(query, lines, { older: back || more, newer: back ? more : place !== null }),
  }
  return page('record/views/workspace-register.njk', {
    title: model.title,
    breadcrumbs: [{ text: 'Performance', href: paths.measures }],
    register: model,
    received: (await listReceived(trx, scope.organisation, { areaId: scope.areaId, kinds: ['exception'] })).map(
      each => ({ ...each, href: paths.exception(each.recordId), due: null }),
    ),
  })
}

function filterOf(query: WorkspaceContext['query']): ExceptionFilter {
  const asked = query['standing'] ?? query['state']
  const one = standings.find(each => each === asked)
  return {
    standing: asked === standingNow ? standings.filter(stands) : one === undefined ? null : [one],
    life: lives.find(each => each === query['done']) ?? null,
    judged: judgements.find(each => each === query['judged']) ?? null,
    level: levels.find(each => each === query['level']) ?? null,
  }
}

function isFiltered(filter: ExceptionFilter): boolean {
  return Object.values(filter).some(each => each !== null)
}

function filters(query: WorkspaceContext['query']): FilterModel[] {
  const tags = (words: Readonly<Record<string, StateModel>>) =>
    Object.entries(words).map(([value, { word }]) => ({ value, text: word }))
  const words = (each: Readonly<Record<string, string>>) =>
    Object.entries(each).map(([value, text]) => ({ value, text }))
  const choice = (
    name: string,
    label: string,
    options: readonly { value: string; text: string }[],
    value?: string,
  ) => ({
    ...{ type: 'choice' as const, name, label, options: [{ value: '', text: 'All' }, ...options] },
    value: value ?? query[name] ?? '',
  })
  const standing = [{ value: standingNow, text: 'It stands (new or continuing)' }, ...tags(standingTags)]
  return [
    choice('standing', 'What the figures say', standing, query['standing'] ?? query['state']),
    choice('done', 'What was done', tags(lifeTags)),
    choice('judged', 'Judged', words(judgementWords)),
    choice('level', 'What it asks for', words(levelWords)),
  ]
}

async function countWords({ trx, viewer }: WorkspaceContext, filter: ExceptionFilter): Promise<string> {
  const scope = { areaId: viewer.area.id, organisation: viewer.organisation.id }
  if (!isFiltered(filter)) {
    return countInWords(exceptionKind, await workspaceCounts(trx, scope.organisation, scope.areaId, 'exception'))
  }
  const n = await countExceptions(trx, scope, filter, countedTo + 1)
  const shown = n > countedTo ? `More than ${counted(countedTo, 'exception')}` : counted(n, 'exception')
  return `${shown} with these filters`
}

function cellsOf(line: RegisterLine): CellModel[] {
  const standsNow = stands(line.standing)
  const worse = line.worse ? 'Got worse since.' : ''
  return [
    { type: 'text', text: line.title, href: paths.exception(line.id), hint: [line.reference, worse].join(' ').trim() },
    { type: 'text', text: judgementWords[line.judged], ...(standsNow && { hint: levelWords[line.level] }) },
    { type: 'state', state: standingTags[line.standing] },
    { type: 'state', state: lifeTags[lifeNow(line.standing, line.life)] },
    { type: 'date', date: line.dated },
  ]
}

function turns(
  query: WorkspaceContext['query'],
  lines: readonly RegisterLine[],
  { older, newer }: { older: boolean; newer: boolean },
) {
  const [first, last] = [lines[0], lines.at(-1)]
  const turn = (changes: Record<string, string | undefined>) => withQuery(paths.exceptions, query, changes)
  return {
    ...(newer && first !== undefined && { previous: turn({ before: placeOf(first), after: undefined }) }),
    ...(older && last !== undefined && { next: turn({ after: placeOf(last), before: undefined }) }),
  }
}

const placeOf = ({ dated, id }: RegisterLine): string => `${dated.toString()}_${id}`

function readPlace(text: string | undefined): RegisterPlace | null {
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '')
  const [, dated, id] = match ?? []
  if (dated === undefined || id === undefined) return null
  try {
    return { dated: Temporal.PlainDate.from(dated).toString(), id }
  } catch {
    return null
  }
}
