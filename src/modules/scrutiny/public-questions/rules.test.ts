import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { loadCalendars, loadElections, loadRules } from '../../../record/clocks/index.ts'
import { readAsked } from './asking/ask-form.ts'
import { messageId, receiptOf } from './asking/message.ts'
import type { AskedMessage } from './asking/message.ts'
import { readRules } from './body-rules/forms.ts'
import { fieldsOfRules } from './body-rules/forms.ts'
import { askBy, isLate, noticeInWords } from './body-rules/notice.ts'
import type { Notice } from './body-rules/notice.ts'
import { rulesToBeginWith } from './body-rules/rules-of-body.ts'
import {
  acceptObstacles,
  acceptWarnings,
  answerObstacles,
  countWords,
  eraseObstacles,
  lateAfterMove,
  meetingObstacles,
  publicationReasons,
  publicQuestionStates,
  putObstacles,
  refuseObstacles,
  removeObstacles,
  supplementaryObstacles,
  withdrawObstacles,
} from './rules.ts'
import type { PublicQuestionFacts, PublicQuestionState } from './rules.ts'

const data = { rules: loadRules(), basis: { calendars: loadCalendars(), elections: loadElections() } }
const day = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(text)
const threeDays: Notice = { length: 3, unit: 'working-days', clear: false, until: null }

describe('the last day for a question', () => {
  const cases: [string, Partial<Notice>, string][] = [
    ['2014-09-26', {}, '2014-09-23'],
    ['2014-09-26', { clear: true }, '2014-09-22'],
    ['2026-04-09', {}, '2026-04-02'],
    ['2026-04-09', { clear: true }, '2026-04-01'],
    ['2026-12-29', { length: 1 }, '2026-12-24'],
    ['2026-03-18', { unit: 'days', length: 7 }, '2026-03-11'],
    ['2026-03-18', { unit: 'days', length: 7, clear: true }, '2026-03-10'],
    ['2026-03-18', { length: 0 }, '2026-03-18'],
  ]
  for (const [meeting, more, last] of cases) {
    it(`for ${meeting} with ${JSON.stringify(more)} is ${last}`, () => {
      assert.equal(askBy({ ...threeDays, ...more }, day(meeting), data).day.toString(), last)
    })
  }

  it('says how it is counted, with what is left out, and nothing of another panel’s rules', () => {
    const { working } = askBy(threeDays, day('2026-04-09'), data)
    assert.ok(working.some(line => line.includes('Good Friday')))
    assert.ok(!working.some(line => /30 minutes|at least three/.test(line)))
  })

  it('lasts until midnight in London, in winter, in summer and on the nights the clocks change', () => {
    const late = (meeting: string, received: string) => isLate(at(received), askBy(threeDays, day(meeting), data))
    // Last day Tuesday 10 March 2026, in winter time.
    assert.equal(late('2026-03-13', '2026-03-10T23:59:59Z'), false)
    assert.equal(late('2026-03-13', '2026-03-11T00:00:00Z'), true)
    // Last day Tuesday 7 July 2026, in summer time: midnight is at 23:00 UTC.
    assert.equal(late('2026-07-10', '2026-07-07T22:59:59Z'), false)
    assert.equal(late('2026-07-10', '2026-07-07T23:00:00Z'), true)
    const sunday = { ...threeDays, unit: 'days', length: 1 } as const
    // The clocks go forward on Sunday 29 March 2026: the day has 23 hours.
    assert.equal(isLate(at('2026-03-29T22:59:59Z'), askBy(sunday, day('2026-03-30'), data)), false)
    assert.equal(isLate(at('2026-03-29T23:00:00Z'), askBy(sunday, day('2026-03-30'), data)), true)
    // And back on Sunday 25 October 2026: it has 25.
    assert.equal(isLate(at('2026-10-25T23:59:59Z'), askBy(sunday, day('2026-10-26'), data)), false)
    assert.equal(isLate(at('2026-10-26T00:00:00Z'), askBy(sunday, day('2026-10-26'), data)), true)
  })

  it('ends at the time that is set, which is itself in time', () => {
    const deadline = askBy({ ...threeDays, until: '12:00' }, day('2026-07-10'), data)
    assert.equal(isLate(at('2026-07-07T11:00:00Z'), deadline), false)
    assert.equal(isLate(at('2026-07-07T11:00:01Z'), deadline), true)
  })

  it('is a working day before the meeting, and never later for more notice', () => {
    const meetings = fc.integer({ min: 0, max: 1500 }).map(days => day('2024-01-02').add({ days }))
    fc.assert(
      fc.property(meetings, fc.integer({ min: 1, max: 15 }), fc.boolean(), (meeting, length, clear) => {
        const last = askBy({ ...threeDays, length, clear }, meeting, data).day
        assert.ok(last.dayOfWeek <= 5)
        assert.ok(Temporal.PlainDate.compare(last, meeting) < 0)
        const more = askBy({ ...threeDays, length: length + 1, clear }, meeting, data).day
        assert.ok(Temporal.PlainDate.compare(more, last) < 0)
      }),
    )
  })

  it('is told in words', () => {
    assert.equal(noticeInWords(threeDays), '3 working days')
    assert.equal(noticeInWords({ ...threeDays, length: 1, clear: true }), '1 clear working day')
    assert.equal(noticeInWords({ ...threeDays, unit: 'days' }), '3 days')
  })
})

describe('the life of a public question', () => {
  const facts = (state: PublicQuestionState, more: Partial<PublicQuestionFacts> = {}): PublicQuestionFacts => ({
    state,
    hasMeeting: true,
    meeting: day('2026-03-18'),
    reachable: true,
    published: false,
    ...more,
  })
  const today = day('2026-03-18')
  const deeds: Record<string, (question: PublicQuestionFacts) => string[]> = {
    accept: question => acceptObstacles(question, true),
    refuse: refuseObstacles,
    remove: removeObstacles,
    withdraw: withdrawObstacles,
    meeting: meetingObstacles,
    put: question => putObstacles(question, today),
    answer: answerObstacles,
    supplementary: question => supplementaryObstacles(question, 1, 0),
    erase: eraseObstacles,
    publish: publicationReasons,
  }
  const allowed: Record<PublicQuestionState, string[]> = {
    received: ['accept', 'refuse', 'remove', 'withdraw', 'meeting'],
    late: ['accept', 'refuse', 'remove', 'withdraw', 'meeting'],
    accepted: ['withdraw', 'meeting', 'put', 'publish'],
    'to-be-answered': ['answer', 'supplementary', 'publish'],
    answered: ['supplementary', 'erase', 'publish'],
    'not-put': ['erase', 'publish'],
    refused: ['erase'],
    withdrawn: ['erase', 'publish'],
    removed: ['erase'],
  }
  for (const state of Object.keys(publicQuestionStates) as PublicQuestionState[]) {
    it(`${state}: ${allowed[state].join(', ')}`, () => {
      const may = Object.entries(deeds).filter(([, obstacles]) => obstacles(facts(state)).length === 0)
      assert.deepEqual(
        may.map(([name]) => name),
        allowed[state],
      )
    })
  }

  it('is not accepted without a meeting, nor late where the rules take none late', () => {
    assert.equal(acceptObstacles(facts('received', { hasMeeting: false }), true).length, 1)
    assert.equal(acceptObstacles(facts('late'), false).length, 1)
    assert.equal(acceptObstacles(facts('received'), false).length, 0)
  })

  it('is not put before its meeting, or without one', () => {
    assert.equal(putObstacles(facts('accepted'), day('2026-03-17')).length, 1)
    assert.equal(putObstacles(facts('accepted', { hasMeeting: false, meeting: null }), today).length, 1)
  })

  it('has as many supplementaries as the rules allow', () => {
    assert.match(supplementaryObstacles(facts('answered'), 0, 0)[0] ?? '', /no supplementary/)
    assert.equal(supplementaryObstacles(facts('answered'), 2, 1).length, 0)
    assert.equal(supplementaryObstacles(facts('answered'), 2, 2).length, 1)
  })

  it('beyond the limits of the rules is a warning, since the chair may allow it', () => {
    assert.deepEqual(acceptWarnings({ mostAtMeeting: null, mostEach: null }, { atMeeting: 99, ofAsker: 99 }), [])
    assert.equal(acceptWarnings({ mostAtMeeting: 5, mostEach: 2 }, { atMeeting: 4, ofAsker: 1 }).length, 0)
    assert.equal(acceptWarnings({ mostAtMeeting: 5, mostEach: 2 }, { atMeeting: 5, ofAsker: 2 }).length, 2)
  })

  it('in time stays in time when its meeting comes earlier, and late may become in time when it comes later', () => {
    assert.equal(lateAfterMove(false, true), false)
    assert.equal(lateAfterMove(true, false), false)
    assert.equal(lateAfterMove(true, true), true)
  })
})

describe('what is sent in', () => {
  const body = { id: '018f0000-0000-7000-8000-000000000001', rules: { mostWords: 5, whoMayAsk: 'I live here' } }
  const typed = {
    meeting: 'next',
    text: 'Why is it so?',
    wishes: 'read-out',
    name: 'Ida',
    email: 'ida@example.org',
    may: 'yes',
    read: 'yes',
  }
  const faultsOf = (more: Record<string, string>) => {
    const read = readAsked({ ...typed, ...more }, body, ['next'])
    return read.ok ? [] : read.errors.map(fault => fault.field)
  }

  it('is taken as it was typed, script and all', () => {
    const read = readAsked({ ...typed, text: '<script>x</script>\r\n& more' }, body, ['next'])
    assert.ok(read.ok)
    assert.equal(read.value.text, '<script>x</script>\n& more')
    assert.equal(read.value.meetingId, null)
    assert.equal(read.value.showName, false)
  })

  const wrong: [string, Record<string, string>, string[]][] = [
    ['no question', { text: ' ' }, ['text']],
    ['too many words', { text: 'one two three four five six' }, ['text']],
    ['a text without end', { text: 'x'.repeat(10_001) }, ['text']],
    ['a meeting that is not offered', { meeting: '018f0000-0000-7000-8000-000000000009' }, ['meeting']],
    ['neither address', { email: ' ', address: '' }, ['email']],
    ['an address that is none', { email: 'ida at example' }, ['email']],
    ['a tick missing', { read: '' }, ['read']],
    ['not among those who may ask', { may: '' }, ['may']],
    [
      'nothing at all',
      { meeting: '', text: '', wishes: '', name: '', email: '', may: '', read: '' },
      ['meeting', 'text', 'wishes', 'name', 'may', 'read'],
    ],
  ]
  for (const [what, more, fields] of wrong) {
    it(`with ${what} says so beside the field`, () => assert.deepEqual(faultsOf(more), fields))
  }

  it('by post needs no email address', () => assert.deepEqual(faultsOf({ email: '', address: '1 High Street' }), []))

  it('counts words as a reader does', () => {
    assert.equal(countWords('  one\n two\tthree '), 3)
    assert.equal(countWords(''), 0)
  })

  it('sent twice is one message with one receipt; another question, asker, meeting or day is another', () => {
    const message: AskedMessage = {
      bodyId: body.id,
      meetingId: null,
      text: 'Why?',
      name: 'Ida',
      showName: false,
      email: 'ida@example.org',
      address: null,
      wishes: 'read-out',
    }
    const on = day('2026-03-11')
    const id = messageId(1, message, on)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(messageId(1, { ...message, email: 'IDA@example.org', text: ' Why?'.trim() }, on), id)
    const others = [
      messageId(2, message, on),
      messageId(1, { ...message, text: 'How?' }, on),
      messageId(1, { ...message, email: 'ivo@example.org' }, on),
      messageId(1, { ...message, meetingId: body.id }, on),
      messageId(1, message, on.add({ days: 1 })),
    ]
    assert.equal(new Set([id, ...others]).size, 6)
    assert.match(receiptOf(id), /^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    assert.equal(receiptOf(id), receiptOf(id))
    assert.notEqual(receiptOf(id), receiptOf(others[0] ?? ''))
  })
})

describe('a body’s rules', () => {
  it('come back from their form as they went in', () => {
    const given = { ...rulesToBeginWith, taking: true, mostAtMeeting: null, whoMayAsk: 'I live here' }
    const read = readRules({ ...fieldsOfRules(given), version: '3' })
    assert.ok(read.ok)
    assert.deepEqual(read.value, { rules: given, version: 3 })
  })

  it('that make no sense are answered beside the field', () => {
    const fields = {
      ...fieldsOfRules({ ...rulesToBeginWith, taking: true }),
      notice: '-1',
      until: '25:00',
      'most-words': 'ten',
      grounds: ' \n ',
      'keep-months': '0',
    }
    const read = readRules(fields)
    assert.ok(!read.ok)
    assert.deepEqual(
      read.errors.map(fault => fault.field),
      ['notice', 'until', 'most-words', 'grounds', 'keep-months'],
    )
  })
})
