import assert from 'node:assert/strict'
import test from 'node:test'
import { runCommand } from '../../platform/commands/run.ts'
import { clockCommand } from './clock-command.ts'

interface Ran {
  code: number
  out: string
  err: string
}

async function run(...args: string[]): Promise<Ran> {
  let [out, err] = ['', '']
  const streams = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) }
  const code = await runCommand([clockCommand], ['clock', ...args], streams, new AbortController().signal)
  return { code, out, err }
}

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await run(...args, '--json')
  assert.deepEqual([code, err], [0, ''])
  return JSON.parse(out) as Record<string, unknown>[]
}

test('the answer has the fields of the contract, and nothing else is on stdout', async () => {
  const [answer] = await json('FOI-20', '--from', '2026-05-22')
  assert.ok(answer)
  assert.deepEqual(Object.keys(answer), [
    'rule',
    'from',
    'due',
    'planBy',
    'votes',
    'lawful',
    'inForce',
    'uncertain',
    'working',
    'source',
  ])
  assert.deepEqual([answer['from'], answer['due'], answer['lawful']], ['2026-05-22', '2026-06-23', true])
})

test('several dates, by comma or repeated, give as many answers in order', async () => {
  const answers = await json('AGENDA-E', '--from', '2014-09-26,2016-10-05', '--from', '2017-09-14')
  assert.deepEqual(
    answers.map(answer => answer['due']),
    ['2014-09-18', '2016-09-27', '2017-09-06'],
  )
})

test('pauses and stretches left out may be repeated', async () => {
  const [answer] = await json(
    ...['SAR-PAUSE', '--from', '2026-03-10'],
    ...[
      '--paused',
      '2026-03-12..2026-03-14',
      '--paused',
      '2026-03-16..2026-03-26',
      '--left-out',
      '2026-03-30..2026-03-30',
    ],
  )
  assert.equal(answer?.['due'], '2026-04-23')
})

test('hours are answered with the local time, members with votes', async () => {
  assert.equal((await json('BREACH-72H', '--from', '2026-03-27T10:00'))[0]?.['due'], '2026-03-30T11:00')
  const [veto] = await json('VETO', '--members', '13')
  assert.deepEqual([veto?.['votes'], veto?.['due']], [9, null])
})

test('the area tells England from Wales', async () => {
  assert.equal((await json('BGPAPERS', '--from', '2014-09-26', '--area', 'gwent'))[0]?.['due'], '2020-09-25')
  assert.equal((await json('BGPAPERS', '--from', '2014-09-26', '--area', 'warwickshire'))[0]?.['due'], '2018-09-25')
})

test('without a rule every rule is listed', async () => {
  const list = await json()
  assert.ok(list.length > 120)
  assert.ok(list.some(rule => rule['rule'] === 'SIO-3G' && rule['lawful'] === false))
  const { out } = await run()
  assert.match(out, /^FOI-20 .*Answer an information request$/m)
})

const refusals: readonly [args: string[], words: RegExp][] = [
  [['FOI20', '--from', '2026-05-22'], /Did you mean FOI-20\?/],
  [['FOI-20'], /FOI-20 needs a date/],
  [['R3'], /R3 needs a year/],
  [['R3', '--from', '2026-02-01'], /R3 needs a year/],
  [['VETO'], /--members/],
  [['VETO', '--members', 'many'], /not a whole number/],
  [['FOI-20', '--from', '2026-02-29'], /2026-02-29 does not exist: that month ends on 28 February 2026/],
  [['FOI-20', '--from', '2026-13-01'], /there is no month 13/],
  [['FOI-20', '--from', '22/05/2026'], /not a date\. Write it like/],
  [['BREACH-72H', '--from', '2026-03-27T24:10'], /no time of day/],
  [['BREACH-72H', '--from', '2026-03-29T01:30'], /There was no 01:30/],
  [['SAR-PAUSE', '--from', '2026-03-10', '--paused', '2026-03-16..'], /starts on 16 March 2026 has not ended/],
  [['SAR-PAUSE', '--from', '2026-03-10', '--paused', '2026-03-16'], /no stretch of days/],
  [['R3', '--year', '2026/28'], /not a financial year/],
  [['--from', '2026-03-10'], /which rule is meant/],
  [['SIO-3A', '--from', '2027-02-29'], /2027-02-29 does not exist: that month ends on 28 February 2027/],
  [['R3', '--year', '2027', '--from', '2027-02-29'], /2027-02-29 does not exist/],
  [['R3', '--from', '2028-02-29'], /R3 needs a year/],
  [['SIO-3A', '--year', '2027/28', '--from', '2028-02-29'], /does not take a date and a year together/],
  [['BREACH-72H', '--from', '2026-03-27'], /counts hours, so it needs a date and a time/],
  [['BREACH-72H', '--from', '2026-03-27T23:60'], /no time of day/],
  [
    ['SAR-PAUSE', '--from', '2026-03-10', '--paused', '2026-03-26..2026-03-16'],
    /ends on 16 March 2026, before it starts/,
  ],
  [
    ['SAR-PAUSE', '--from', '2026-03-10', '--paused', '2026-03-09..2026-03-16'],
    /before the clock does on 10 March 2026/,
  ],
  [
    ['SAR-PAUSE', '--from', '2026-03-10', '--paused', '2026-03-16..2026-03-26', '--paused', '2026-03-20..2026-03-30'],
    /Two pauses overlap: one ends on 26 March 2026, the next starts on 20 March 2026/,
  ],
  [['SAR-PAUSE', '--from', '2026-03-10'], /needs the days on which the count stopped/],
  [['R3', '--year', '2026', '--paused', '2026-01-16..2026-01-26'], /cannot be paused: its day is fixed/],
  [['FOI-20', '--from', '2026-05-22', '--extended'], /Nothing extends FOI-20/],
  [['FOI-20', '--from', '2026-05-22', '--length', '10'], /is not a setting/],
  [['CORR-ACK', '--from', '2026-05-22', '--length', '0'], /whole number of 1 or more/],
  [['FOI-20', '--from', '1969-12-31'], /from 1970 to 2099 only/],
  [['FOI-20', '--from', ''], /Nothing is not a date/],
  [['AGNEDA-E', '--from', '2026-05-22'], /Did you mean AGENDA-E\?/],
  [['SIO-3(g)', '--from', '2026-05-31'], /Did you mean SIO-3G\?/],
]
for (const [args, words] of refusals) {
  test(`clock ${args.join(' ')} exits 2 and says why`, async () => {
    const { code, out, err } = await run(...args)
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, words)
  })
}

test('29 February of a leap year is a date like any other', async () => {
  assert.equal((await json('MINUTES-6Y', '--from', '2024-02-29'))[0]?.['due'], '2030-02-28')
})

test('a moment late in the evening belongs to its day, and the hour that comes twice is said to', async () => {
  const due = async (...args: string[]) => (await json(...args))[0]?.['due']
  assert.equal(await due('FOI-20', '--from', '2026-05-22T23:59'), '2026-06-23')
  assert.equal(await due('BREACH-72H', '--from', '2026-05-22T23:59'), '2026-05-25T23:59')
  const [twice] = await json('BREACH-72H', '--from', '2026-10-25T01:30')
  assert.match(String(twice?.['working']), /That time came twice/)
})

test('a start before the law is worked out and said not to have been law', async () => {
  const [answer] = await json('SIO-7B', '--from', '2014-10-15')
  assert.deepEqual([answer?.['due'], answer?.['inForce']], ['2014-11-14', false])
  assert.match(String(answer?.['working']), /It was not yet law then: it is in force from Monday 31 May 2021/)
})

test('a period that begins on Christmas Eve counts Christmas where the law counts every day', async () => {
  const due = async (...args: string[]) => (await json(...args))[0]?.['due']
  assert.equal(await due('PCC-COMP-REFER', '--from', '2026-12-24'), '2026-12-25')
  assert.equal(await due('CORR-ACK', '--from', '2026-12-24'), '2026-12-31')
  assert.equal(await due('DPI-REG', '--from', '2026-12-24'), '2027-01-20')
})

test('a fixed date on a Sunday stays, and the working day to plan by stands beside it', async () => {
  const [answer] = await json('R3', '--year', '2026')
  assert.deepEqual([answer?.['due'], answer?.['planBy']], ['2026-02-01', '2026-01-30'])
})

test('a pause that begins and ends on one day changes nothing', async () => {
  const pause = ['--paused', '2026-03-16..2026-03-16']
  const [answer] = await json('SAR-PAUSE', '--from', '2026-03-10', ...pause)
  assert.equal(answer?.['due'], (await json('SAR-1M', '--from', '2026-03-10'))[0]?.['due'])
})
