import { calendarType, writeCalendar } from '../../../platform/web/calendar.ts'
import type { CalendarEvent } from '../../../platform/web/calendar.ts'
import { london } from '../../../platform/time.ts'
import { withQuery } from '../../../platform/web/patterns.ts'
import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { slug } from '../../../record/entries.ts'
import { newestEntries, shownAreas } from '../../../record/published.ts'
import type { PublicEntry } from '../../../record/register.ts'
import { counted, stateModel } from '../../../record/words.ts'

/** Meetings at most on one page or in the calendar: those of many years. */
const most = 2000
/** Past meetings of each body on the page of all. */
const latest = 5

export const meetingsPublic: readonly PublicRoute[] = [
  { path: '/meetings', handler: showMeetings },
  { path: '/meetings.ics', handler: calendarOfMeetings },
]

interface ListedMeeting {
  entry: PublicEntry
  body: string
  href: string
}

/** The published meetings of an area and its collaborations, the latest first. */
async function listMeetings({ db, area, asOf }: PublicContext): Promise<ListedMeeting[]> {
  const slugs = await shownAreas(db, area.id)
  const entries = await newestEntries(db, [...slugs.keys()], ['meeting'], asOf, most)
  return entries.map(entry => ({
    entry,
    body: fact(entry, 'body') ?? entry.title,
    href: `/${slugs.get(entry.area_id) ?? area.slug}/${entry.address}`,
  }))
}

function fact(entry: PublicEntry, name: string): string | null {
  const value = ({ ...entry.facts } as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : null
}

/** Next and past meetings by body; with `?body=` all those of one. */
async function showMeetings(context: PublicContext): Promise<Answer> {
  const { area, today, query } = context
  const all = await listMeetings(context)
  const chosen = query['body']
  const bodies = [...Map.groupBy(all, meeting => meeting.body)]
    .map(([body, meetings]) => bodyModel(context, body, meetings, area.asAt ?? today))
    .filter(body => chosen === undefined || body.slug === chosen)
    .sort((a, b) => a.name.localeCompare(b.name))
  const address = `/${area.slug}/meetings`
  const downloads = { csv: `${address}.csv`, json: `${address}.json`, ical: `${address}.ics`, atom: `${address}.atom` }
  return page('modules/meetings/views/public-meetings.njk', {
    title: 'Meetings',
    count: counted(all.length, 'meeting'),
    bodies,
    chosen,
    address,
    downloads,
    breadcrumbs: [{ text: area.name, href: `/${area.slug}` }],
    feeds: downloads,
  })
}

function bodyModel(context: PublicContext, name: string, meetings: readonly ListedMeeting[], day: Temporal.PlainDate) {
  const isToCome = ({ entry }: ListedMeeting) => Temporal.PlainDate.compare(entry.dated, day) >= 0
  const past = meetings.filter(meeting => !isToCome(meeting))
  const shown = context.query['body'] === undefined ? past.slice(0, latest) : past
  const address = `/${context.area.slug}/meetings`
  return {
    name,
    slug: slug(name),
    next: meetings.filter(isToCome).reverse().map(lineModel),
    past: shown.map(lineModel),
    more: past.length > shown.length ? withQuery(address, context.query, { body: slug(name) }) : null,
    count: counted(meetings.length, 'meeting'),
  }
}

function lineModel({ entry, href }: ListedMeeting) {
  return {
    title: entry.title,
    href,
    date: entry.dated,
    starts: fact(entry, 'starts'),
    place: fact(entry, 'place'),
    state: stateModel(entry.kind, entry.state),
  }
}

/** Every meeting as a calendar to follow: one that moves or is cancelled stays the same event with a higher number. */
async function calendarOfMeetings(context: PublicContext): Promise<Answer> {
  const { area, baseUrl } = context
  const events = (await listMeetings(context)).map(meeting => calendarEvent(meeting, area.banner))
  const name = `Meetings: ${area.name}`
  return {
    type: 'content',
    mediaType: calendarType,
    body: writeCalendar(area.banner === null ? name : `${name} (demonstration)`, events, baseUrl),
    fileName: `${area.slug}-meetings.ics`,
  }
}

function calendarEvent({ entry, href }: ListedMeeting, banner: string | null): CalendarEvent {
  const starts = fact(entry, 'starts')
  const facts: Readonly<Record<string, unknown>> = { ...entry.facts }
  return {
    id: entry.record_id,
    title: entry.title,
    start: starts === null ? entry.dated : entry.dated.toZonedDateTime({ timeZone: london, plainTime: starts }),
    place: fact(entry, 'place'),
    path: href,
    description: banner === null ? entry.summary : `${banner} ${entry.summary}`,
    sequence: Number(facts['sequence'] ?? 0),
    status: entry.state === 'cancelled' ? 'cancelled' : 'confirmed',
    stamp: entry.valid_from,
  }
}
