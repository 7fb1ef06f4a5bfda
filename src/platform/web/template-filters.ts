import { plural } from '../plural.ts'
import nunjucks from 'nunjucks'
import { longDate, london } from '../time.ts'
import { escapeHtml } from './html.ts'
import type { DueModel, HistoryModel } from './patterns.ts'

/** 6 December 2022; a day out of a published snapshot is text (2022-12-06), and reads the same. */
function dayInWords(date: Temporal.PlainDate | string): string {
  return longDate(typeof date === 'string' ? Temporal.PlainDate.from(date) : date)
}

/** 6 Dec 2022 */
export function shortDate(date: Temporal.PlainDate): string {
  return date.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).replace('Sept', 'Sep')
}

/** 6 December 2022 at 10:12am, London time. */
export function moment(at: Temporal.Instant): string {
  const time = at.toZonedDateTimeISO(london)
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12
  const minute = String(time.minute).padStart(2, '0')
  return `${longDate(time.toPlainDate())} at ${hour}:${minute}${time.hour < 12 ? 'am' : 'pm'}`
}

/**
 * 12,345.6 — a proper minus sign, thousands separators, and no decimals unless asked for.
 *
 * @param decimals how many, always printed; by default as many as the number has, at most 2
 */
export function number(value: number, decimals?: number): string {
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 2 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return value
    .toLocaleString('en-GB', digits)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '')
}

/** "3 days left", "due today", "12 days late". */
export function daysFrom(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const days = today.until(date, { largestUnit: 'days' }).days
  if (days === 0) return 'due today'
  return days > 0 ? `${plural(days, 'day')} left` : `${plural(-days, 'day')} late`
}

/** True when a running due date has passed. */
export function isLate(due: DueModel, today: Temporal.PlainDate): boolean {
  return due.running && due.date !== null && Temporal.PlainDate.compare(due.date, today) < 0
}

/** What a template hands over as text: a missing value prints as nothing. */
type Text = string | number | null | undefined

function escape(text: Text): string {
  return escapeHtml(String(text ?? ''))
}

const safe = (html: string): nunjucks.runtime.SafeString => new nunjucks.runtime.SafeString(html)

/** Text somebody typed, kept from turning round the direction of what stands beside it. */
function isolate(text: Text): nunjucks.runtime.SafeString {
  return safe(`<bdi>${escape(text)}</bdi>`)
}

/** Text somebody typed as paragraphs: blank lines part them, single line breaks stay. */
function paragraphs(text: Text): nunjucks.runtime.SafeString {
  const parts = String(text ?? '')
    .split(/\n\s*\n/)
    .filter(part => part.trim() !== '')
  return safe(parts.map(part => `<p class="govuk-body" dir="auto">${lines(part.trim())}</p>`).join('\n'))
}

const lines = (part: string): string => escape(part).replaceAll('\n', '<br>')

/** The machine's form of a date or moment, for `<time datetime>`. */
function iso(value: { toString(): string }): string {
  return value.toString()
}

/** The date words of mojTimeline. */
function mojDate(value: string): string {
  return moment(Temporal.Instant.from(value))
}

/** History as mojTimeline takes it. */
function timelineItems(history: readonly HistoryModel[]): object[] {
  return history.map(({ at, what, who, why, changes = [] }) => {
    const told = changes.map(
      ({ name, before, after }) => `${escape(name)}: <bdi>${escape(before)}</bdi> became <bdi>${escape(after)}</bdi>`,
    )
    const reason = why === undefined ? [] : [`<bdi>${escape(why)}</bdi>`]
    return {
      label: { text: what },
      ...(who === undefined ? {} : { byline: { html: `<bdi>${escape(who)}</bdi>` } }),
      datetime: { timestamp: at.toString(), type: 'datetime' },
      html: [...told, ...reason].join('<br>'),
    }
  })
}

export const templateFilters = {
  longDate: dayInWords,
  shortDate,
  moment,
  number,
  daysFrom,
  plural,
  isLate,
  isolate,
  paragraphs,
  iso,
  mojDate,
  timelineItems,
}
