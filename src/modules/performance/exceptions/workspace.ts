import { longDate } from '../../../platform/time.ts'
import type { ActionModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import type { RecordHead } from '../../../record/record.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecord } from '../../../record/records.ts'
import { figureText } from '../figures.ts'
import { paths } from '../paths.ts'
import type { Measure } from '../measure.ts'
import { type Frequency, periodInWords } from '../period.ts'
import type { HeldException } from '../queries.ts'
import { type Asked, askedAbout } from './asked.ts'
import { deedActions, deedRoutes } from './deed-pages.ts'
import { deedsOf, type DoneDeed } from './exceptions-queries.ts'
import { lifeNow, loadsToEscalate, stands } from './life.ts'
import { showExceptions } from './register-page.ts'
import { standingExplanation, viewException } from './snapshot.ts'
import { judgementWords } from './texts.ts'
import { doneWords, levelWords, lifeTags, standingTags } from './words.ts'

/** The register and pages of exceptions, with a form for each deed. */
export const exceptionRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance/exceptions', permission: 'performance.read', handler: showExceptions },
  { method: 'GET', path: '/performance/exceptions/:id', permission: 'performance.read', handler: showException },
  ...deedRoutes,
]

/** One exception: what happened in words, its chart, what was done and asked, and what can be done now. */
async function showException(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const key = { areaId: viewer.area.id, id: context.params['id'] ?? '' }
  const record = await findRecord(trx, key)
  const found = record === null ? null : await viewException(trx, key)
  if (record === null || found === null) return notFound()
  const { exception, measure, view } = found
  const deeds = await deedsOf(trx, key)
  const asked = await askedAbout(trx, viewer.organisation.id, key)
  const said = standingExplanation(deeds)
  return page('modules/performance/views/exception.njk', {
    title: record.title,
    breadcrumbs: [
      { text: 'Performance', href: paths.measures },
      { text: 'Exceptions', href: paths.exceptions },
    ],
    record: await recordModel(context, record, {
      summary: summaryOf(exception, measure),
      actions: actionsOf(context, record, exception),
    }),
    text: exception.text,
    worse: exception.worse ? worseThan(exception, measure) : null,
    escalate: stands(exception.standing) && exception.level === 'escalate',
    said: said === null ? null : doneModel(said, measure.frequency, asked),
    done: deeds.map(deed => doneModel(deed, measure.frequency, asked)),
    asked,
    view,
  })
}

function summaryOf(exception: HeldException, measure: Measure): SummaryRowModel[] {
  const { standing, life, judged, level } = exception
  return [
    { key: 'Measure', value: { type: 'text', text: measure.title, href: paths.measure(measure.id) } },
    { key: 'Judged', value: { type: 'text', text: judgementWords[judged] } },
    { key: 'What the figures say', value: { type: 'state', state: standingTags[standing] } },
    { key: 'What was done', value: { type: 'state', state: lifeTags[lifeNow(standing, life)] } },
    ...(stands(standing)
      ? [{ key: 'What it asks for', value: { type: 'text' as const, text: levelWords[level] } }]
      : []),
    ...watchedUntil(exception, measure.frequency).map(text => ({
      ...{ key: 'Watched until', value: { type: 'text' as const, text } },
    })),
  ]
}

function watchedUntil(
  { watch_day: day, watch_period: start, standing }: HeldException,
  frequency: Frequency,
): string[] {
  if (!stands(standing)) return []
  if (day !== null) return [longDate(day)]
  return start === null ? [] : [`the figures of ${periodInWords({ frequency, start })}`]
}

/** What the figure was when somebody last dealt with it, beside what it is now. */
function worseThan({ value, then_value: then, loads_since: loads, explained }: HeldException, measure: Measure) {
  return {
    now: figureText(value, measure),
    then: then === null || then === value ? null : figureText(then, measure),
    loads: explained && loads >= loadsToEscalate ? loads : null,
  }
}

/** What can be done now: asking first, then what concerns its life, then publishing. */
function actionsOf(context: WorkspaceContext, record: RecordHead, exception: HeldException): ActionModel[] {
  const challenge =
    stands(exception.standing) && exception.level === 'escalate' && context.may('scrutiny.draft-challenge')
  return [
    ...(context.may('scrutiny.draft-question')
      ? [{ text: 'Draft a question from this', href: paths.draftQuestion(record.id) }]
      : []),
    ...(challenge ? [{ text: 'Consider a formal challenge', href: paths.draftChallenge }] : []),
    ...deedActions(context, exception),
    ...(context.may('performance.publish')
      ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }]
      : []),
  ]
}

/** A deed as the page tells it. */
function doneModel(deed: DoneDeed, frequency: Frequency, asked: readonly Asked[]) {
  const answer = asked.flatMap(({ answers }) => answers).find(({ id }) => id === deed.from_record)
  return {
    what: doneWords[deed.deed],
    words: deed.words,
    by: deed.done_by,
    at: deed.done_at,
    saidBy: deed.said_by,
    saidOn: deed.said_on,
    open: deed.deed === 'explained' ? deed.open : null,
    answer: answer === undefined ? null : { text: answer.reference, href: answer.href },
    untilDay: deed.until_day,
    untilPeriod: deed.until_period === null ? null : periodInWords({ frequency, start: deed.until_period }),
  }
}
