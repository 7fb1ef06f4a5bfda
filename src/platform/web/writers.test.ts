import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { type CalendarEvent, writeCalendar } from './calendar.ts'
import { harmless, writeCsv } from './csv.ts'
import { type FeedEntry, writeAtom } from './feed.ts'

test('a cell that a spreadsheet would take for a formula is neutralised', () => {
  for (const cell of ['=1+1', '+44 20', '-x', '-1+1', '@sum', '\tx', '\r=1', '\n=1', '=cmd|"/C calc"!A0', '＝1']) {
    assert.equal(harmless(cell), `'${cell}`)
  }
})

test('numbers and ordinary text are left alone', () => {
  assert.equal(harmless(-5), '-5')
  assert.equal(harmless('-5.25'), '-5.25')
  assert.equal(harmless('a=b'), 'a=b')
  assert.equal(harmless(null), '')
  assert.equal(harmless(Temporal.PlainDate.from('2022-12-06')), '2022-12-06')
})

test('whatever the cells hold, the file reads back as the same table', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), rows => {
      const read = parse(writeCsv(['first', 'second'], rows), { bom: true, relax_column_count: true })
      assert.deepEqual(read, [['first', 'second'], ...rows.map(row => row.map(harmless))])
    }),
  )
})

const entry: FeedEntry = {
  id: '01976b2e-0000-7000-8000-000000000001',
  title: 'A <b> & "c" \u0007 \ud800',
  path: '/ardenshire/questions/q-1?a=1&b=2',
  published: Temporal.Instant.from('2026-01-01T00:00:00.123Z'),
  updated: Temporal.Instant.from('2026-01-03T00:00:00Z'),
  summary: 'سارة 👮',
}

test('a feed has stable ids, the time of its newest entry, and only what XML allows', () => {
  const older = {
    ...entry,
    id: '01976b2e-0000-7000-8000-000000000002',
    updated: Temporal.Instant.from('2026-01-02T00:00:00Z'),
  }
  const feed = {
    path: '/ardenshire/questions.atom',
    page: '/ardenshire/questions',
    title: 'Questions',
    author: 'Office',
    subtitle: null,
    entries: [entry, older],
  }
  const xml = writeAtom(feed, 'https://example.org', Temporal.Instant.from('2020-01-01T00:00:00Z'))
  assert.match(xml, /^<\?xml version="1.0" encoding="utf-8"\?>\n<feed /)
  assert.match(xml, /<id>https:\/\/example\.org\/ardenshire\/questions\.atom<\/id>/)
  assert.match(xml, /<\/title>\n<updated>2026-01-03T00:00:00Z<\/updated>/)
  assert.match(
    xml,
    /<id>urn:uuid:01976b2e-0000-7000-8000-000000000001<\/id>\n<title>A &lt;b&gt; &amp; &quot;c&quot; {2}\ufffd<\/title>/,
  )
  assert.match(xml, /href="https:\/\/example\.org\/ardenshire\/questions\/q-1\?a=1&amp;b=2"/)
  assert.match(xml, /<published>2026-01-01T00:00:00Z<\/published>/)
  const empty = writeAtom(
    { ...feed, entries: [] },
    'https://example.org',
    Temporal.Instant.from('2020-01-01T00:00:00Z'),
  )
  assert.match(empty, /<updated>2020-01-01T00:00:00Z<\/updated>/)
})

test('a calendar names its meetings for ever, counts changes and keeps what was cancelled', () => {
  const event: CalendarEvent = {
    id: '01976b2e-0000-7000-8000-000000000001',
    title: 'Board; performance, budget',
    start: Temporal.ZonedDateTime.from('2026-07-06T10:00[Europe/London]'),
    end: Temporal.ZonedDateTime.from('2026-07-06T12:00[Europe/London]'),
    place: 'Leek Wootton',
    path: '/ardenshire/meetings/2026-07-06-board',
    description: null,
    sequence: 3,
    status: 'cancelled',
    stamp: Temporal.Instant.from('2026-06-01T08:00:00Z'),
  }
  const day: CalendarEvent = { ...event, id: 'b', start: Temporal.PlainDate.from('2026-08-01'), status: 'tentative' }
  const lines = writeCalendar(
    'Meetings',
    [event, { ...day, end: Temporal.PlainDate.from('2026-08-02') }],
    'https://example.org',
  ).split('\r\n')
  for (const line of [
    'UID:01976b2e-0000-7000-8000-000000000001@example.org',
    'SEQUENCE:3',
    'STATUS:CANCELLED',
    'STATUS:TENTATIVE',
    'DTSTAMP:20260601T080000Z',
    'DTSTART:20260706T090000Z',
    'DTEND:20260706T110000Z',
    'DTSTART;VALUE=DATE:20260801',
    'SUMMARY:Board\\; performance\\, budget',
    'URL;VALUE=URI:https://example.org/ardenshire/meetings/2026-07-06-board',
  ]) {
    assert.ok(lines.includes(line), line)
  }
})
