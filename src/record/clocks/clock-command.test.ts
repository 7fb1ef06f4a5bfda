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
