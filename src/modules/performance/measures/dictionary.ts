import { writeCsv } from '../../../platform/web/csv.ts'
import type {
  Answer,
  PublicContext,
  PublicRoute,
  WorkspaceContext,
  WorkspaceRoute,
} from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { findRecords } from '../../../record/records.ts'
import { counted } from '../../../record/words.ts'
import { measureKind } from '../kinds.ts'
import { paths } from '../paths.ts'
import { findMeasures } from '../queries.ts'
import { dimensionsOf } from './breakdowns/breakdown-queries.ts'
import { publishedWords } from './measure-queries.ts'
import { measureFacts } from './snapshot.ts'

/** A measure as the dictionary tells it. */
interface Entry {
  title: string
  reference: string
  href: string
  retired: boolean
  facts: Partial<ReturnType<typeof measureFacts>>
  /** By what it is broken down. */
  dimensions: readonly string[]
}

export const dictionaryRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance/dictionary', permission: 'performance.read', handler: showDictionary },
  { method: 'GET', path: '/performance/dictionary.csv', permission: 'performance.read', handler: downloadDictionary },
]

export const publicDictionaryRoutes: readonly PublicRoute[] = [
  { path: '/measures', handler: showPublicDictionary },
  { path: '/measures.csv', handler: downloadPublicDictionary },
]

/** Every measure of the workspace with what it counts, whether it has figures or not. */
async function showDictionary(context: WorkspaceContext): Promise<Answer> {
  const entries = await heldEntries(context)
  return page('modules/performance/views/dictionary.njk', {
    title: 'Dictionary of measures',
    breadcrumbs: [{ text: 'Performance', href: '/workspace/performance' }],
    ...wordsOf(entries),
    entries,
    downloads: { csv: `${paths.dictionary}.csv` },
    empty: 'Measures appear here when they are set up.',
  })
}

async function downloadDictionary(context: WorkspaceContext): Promise<Answer> {
  return csvOf(await heldEntries(context), 'measures.csv', context.baseUrl, null)
}

async function heldEntries({ trx, viewer }: WorkspaceContext): Promise<Entry[]> {
  const measures = await findMeasures(trx, viewer.area.id)
  const ids = measures.map(each => each.id)
  const dimensions = await dimensionsOf(trx, viewer.area.id, ids)
  const heads = new Map((await findRecords(trx, viewer.area.id, ids)).map(head => [head.id, head]))
  return measures.map(measure => ({
    title: measure.title,
    reference: measure.reference,
    href: paths.measure(measure.id),
    retired: heads.get(measure.id)?.state === 'retired',
    facts: measureFacts(measure),
    dimensions: (dimensions.get(measure.id) ?? []).map(({ name }) => name),
  }))
}

/** The same of what was published, as it stood on the day asked for. */
async function showPublicDictionary(context: PublicContext): Promise<Answer> {
  const { area } = context
  const entries = await publishedEntries(context)
  return page('modules/performance/views/public-dictionary.njk', {
    title: 'What the figures measure',
    breadcrumbs: [
      { text: area.name, href: `/${area.slug}` },
      { text: 'Performance', href: `/${area.slug}/${measureKind.publicPath}` },
    ],
    ...wordsOf(entries),
    entries,
    downloads: { csv: `/${area.slug}/measures.csv` },
    empty: 'No measures have been published yet.',
  })
}

async function downloadPublicDictionary(context: PublicContext): Promise<Answer> {
  const { area, baseUrl } = context
  return csvOf(await publishedEntries(context), `${area.slug}-measures.csv`, baseUrl, area.banner)
}

async function publishedEntries({ db, area, asOf }: PublicContext): Promise<Entry[]> {
  const found = await publishedWords(db, area.id, asOf)
  return found.map(({ title, reference, address, state, body }) => ({
    ...{ title, reference, href: `/${area.slug}/${address}`, retired: state === 'retired' },
    facts: body,
    dimensions: ((body['dimensions'] ?? []) as { name: string }[]).map(({ name }) => name),
  }))
}

const wordsOf = (entries: readonly Entry[]) => ({ count: counted(entries.length, measureKind.kind) })

const columns = [
  ...['reference', 'measure', 'definition', 'unit', 'kind', 'numerator', 'denominator', 'per', 'basis'],
  ...['polarity', 'frequency', 'source', 'target', 'wanted_from', 'wanted_to', 'broken_down_by', 'state', 'address'],
]

function csvOf(entries: readonly Entry[], fileName: string, baseUrl: string, note: string | null): Answer {
  const rows = entries.map(({ title, reference, href, retired, facts, dimensions }) => [
    ...[reference, title, facts.definition ?? '', facts.unit ?? '', facts.kind ?? ''],
    ...[facts.numerator ?? null, facts.denominator ?? null, facts.per ?? null, facts.basis ?? null],
    ...[facts.polarity ?? '', facts.frequency ?? '', facts.source ?? '', facts.aims?.target ?? null],
    ...[facts.aims?.bandLow ?? null, facts.aims?.bandHigh ?? null, dimensions.join('; ')],
    ...[measureKind.states[retired ? 'retired' : 'in-use']?.word ?? '', `${baseUrl}${href}`],
    ...(note === null ? [] : [note]),
  ])
  const headings = note === null ? columns : [...columns, 'note']
  return { type: 'content', mediaType: 'text/csv; charset=utf-8', body: writeCsv(headings, rows), fileName }
}
