import type { Answer, PublicContext } from '../platform/web/route.ts'
import { notFound, page } from '../platform/web/route.ts'
import { standingAt, workingModel } from './clock-models.ts'
import { standingWords } from './clock-words.ts'
import { lawLinks } from './clocks/index.ts'
import { stateOf } from './kinds.ts'
import type { PublicClock } from './public-clock.ts'
import { answerRecord, judgedIn, publicDue, publicDuePath } from './public-pages.ts'
import { publishedRecord } from './published.ts'
import type { AtAddress } from './published.ts'
import { kindWord } from './words.ts'

type Published = Extract<AtAddress, { found: 'record' }>

/** The published record that an address names, or the answer that there is none, or that it was taken down. */
async function opened(context: PublicContext): Promise<Published | Answer> {
  const at = await publishedRecord(context.db, context.area.id, context.params['id'] ?? '', context.asOf)
  return at.found === 'record' ? at : answerRecord(context, at)
}

/** Every deadline of a published record with its working; of what an organisation keeps to itself, nothing. */
export async function showDue(context: PublicContext): Promise<Answer> {
  const at = await opened(context)
  if (!('found' in at)) return at
  const { entry, clocks } = at
  const { area } = context
  const address = `/${area.slug}/${entry.address}`
  return page('record/views/public-due.njk', {
    title: `Deadlines of ${entry.title}`,
    record: { text: `${kindWord(entry.kind)} ${entry.reference}`, title: entry.title, href: address },
    due: entry.due_date === null && entry.due_text === null ? null : publicDue(context, entry, area.slug),
    deadlines: clocks.map(clock => ({ title: clock.title, rule: clock.rule, ...shownDeadline(context, clock) })),
    data: `/${area.slug}/records/${entry.record_id}/due.json`,
    breadcrumbs: [{ text: area.name, href: `/${area.slug}/` }],
  })
}

function shownDeadline(context: PublicContext, clock: PublicClock) {
  const working = workingModel(clock, judgedIn(context))
  const date = clock.due === null ? null : Temporal.PlainDate.from(clock.due.slice(0, 10))
  return { date, working }
}

/** The same as JSON. */
export async function showDueData(context: PublicContext): Promise<Answer> {
  const at = await opened(context)
  if (!('found' in at)) return at.type === 'gone' ? at : notFound()
  return json({ ...recordFacts(context, at), deadlines: deadlinesData(context, at) })
}

/** A published record as JSON: what was published of it, its due and its deadlines with their working. */
export async function showRecordData(context: PublicContext): Promise<Answer> {
  const at = await opened(context)
  if (!('found' in at)) return at.type === 'gone' ? at : notFound()
  const { snapshot, versions } = at
  return json({
    ...recordFacts(context, at),
    version: snapshot.version,
    publishedAt: snapshot.publishedAt,
    sha256: snapshot.sha256,
    versions,
    deadlines: deadlinesData(context, at),
    body: snapshot.body,
  })
}

function recordFacts(context: PublicContext, { entry }: Published) {
  const { area, baseUrl } = context
  return {
    area: area.name,
    ...(area.banner !== null && { note: area.banner }),
    id: entry.record_id,
    kind: entry.kind,
    reference: entry.reference,
    title: entry.title,
    state: stateOf(entry.kind, entry.state).word,
    date: entry.dated,
    due: entry.due_date,
    dueOn: entry.due_text,
    summary: entry.summary,
    address: `${baseUrl}/${area.slug}/${entry.address}`,
    working: baseUrl + publicDuePath(context, area.slug, entry.record_id),
  }
}

function deadlinesData(context: PublicContext, { clocks }: Published): object[] {
  return clocks.map(clock => clockData(context, clock))
}

function clockData(context: PublicContext, { explained, source, ...clock }: PublicClock): object {
  const standing = standingAt({ explained, source, ...clock }, judgedIn(context))
  const stoppedOn = clock.stoppedOn === null ? null : Temporal.PlainDate.from(clock.stoppedOn)
  return {
    ...clock,
    source,
    law: lawLinks(source).map(({ text, href }) => ({ text, address: href })),
    standing: standing.state,
    standingInWords: standingWords(standing, stoppedOn),
    daysLeft: standing.days,
    started: explained?.started ?? null,
    leftOut: explained?.leftOut ?? [],
  }
}

function json(body: object): Answer {
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}
