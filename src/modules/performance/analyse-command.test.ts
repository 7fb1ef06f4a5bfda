import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runCommand } from '../../platform/commands/run.ts'
import { analyseCommand } from './analyse-command.ts'

const antisocial = [581, 617, 849, 950, 1011, 1114, 1117, 1329, 976, 944, 847, 643]
const months = antisocial.map((value, i) => `2025-${String(i + 1).padStart(2, '0')},${String(value)}\n`).join('')

describe('peelian analyse xmr', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peelian-analyse-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function analyse(content: string | Buffer | null, ...options: string[]) {
    const path = join(folder, 'series.csv')
    await rm(path, { force: true })
    if (content !== null) await writeFile(path, content)
    let [out, err] = ['', '']
    const streams = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) }
    const code = await runCommand(
      [analyseCommand],
      ['analyse', 'xmr', path, ...options],
      streams,
      new AbortController().signal,
    )
    return { code, out, err }
  }

  it('gives exactly the agreed JSON', async () => {
    const { code, out, err } = await analyse(`period,value\n${months}`, '--json', '--trend', '6')
    assert.deepEqual([code, err], [0, ''])
    const result: unknown = JSON.parse(out)
    assert.ok(typeof result === 'object' && result !== null && 'points' in result && Array.isArray(result.points))
    assert.deepEqual(Object.keys(result), ['n', 'status', 'centre', 'movingRange', 'lower', 'upper', 'points'])
    const { points, ...limits } = result
    const rounded = Object.fromEntries(
      Object.entries(limits).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toFixed(6)) : value,
      ]),
    )
    assert.deepEqual(rounded, {
      n: 12,
      status: 'usable',
      centre: 914.833333,
      movingRange: 130.363636,
      lower: 568.066061,
      upper: 1261.600606,
    })
    assert.deepEqual(points[7], { period: '2025-08', value: 1329, signals: ['beyond-high', 'shift-high', 'trend-up'] })
    assert.deepEqual(points[11], { period: '2025-12', value: 643, signals: [] })
  })
  it('below six figures gives limits and no signals; a missing value is null and not counted', async () => {
    const { out } = await analyse('value,period\n10765,Q1\n,Q2\n11086,Q3\n10448,Q4\n', '--json')
    const result = JSON.parse(out) as {
      n: number
      status: string
      upper: number
      points: { value: number | null; signals: string[] }[]
    }
    assert.deepEqual([result.n, result.status], [3, 'none'])
    assert.ok(Number.isFinite(result.upper))
    assert.deepEqual(result.points[1], { period: 'Q2', value: null, signals: [] })
    assert.ok(result.points.every(point => point.signals.length === 0))
  })
  it('takes the lengths of shift and trend, and a byte-order mark', async () => {
    const rising = [50, 52, 48, 51, 49, 50, 44, 46, 48, 51, 53, 55, 50, 49, 51, 50]
    const text = `\ufeffperiod,value\n${rising.map((value, i) => `${String(i)},${String(value)}`).join('\n')}`
    assert.match((await analyse(text, '--json', '--trend', '6')).out, /trend-up/)
    assert.doesNotMatch((await analyse(text, '--json')).out, /trend-up/)
  })
  it('prints a table for people', async () => {
    const { out } = await analyse(`period,value\n${months}`)
    assert.match(out, /12 figures; limits: usable/)
    assert.match(out, /2025-08\s+1329\s+beyond-high, shift-high, trend-up/)
  })
  it('an empty series has neither limits nor an average', async () => {
    const { out } = await analyse('period,value\n', '--json')
    assert.deepEqual(JSON.parse(out), {
      n: 0,
      status: 'none',
      centre: null,
      movingRange: null,
      lower: null,
      upper: null,
      points: [],
    })
  })
  it('says what is wrong, with an exit code that is not 0 and nothing on stdout', async () => {
    const cases: [string | Buffer | null, string[], number, RegExp][] = [
      [null, [], 1, /There is no file/],
      ['month,count\n', [], 1, /needs the columns period and value/],
      ['period,value\n2025-01,many\n', [], 1, /Line 2: "many" is not a figure/],
      [Buffer.from('PK\x03\x04', 'latin1'), [], 1, /Excel workbook/],
      ['period,value\n', ['--shift', 'seven'], 2, /--shift takes a whole number/],
      ['period,value\n', ['--shift', '99'], 2, /A shift is a whole number of points/],
    ]
    for (const [content, options, code, words] of cases) {
      const result = await analyse(content, '--json', ...options)
      assert.equal(result.code, code)
      assert.equal(result.out, '')
      assert.match(result.err, words)
    }
  })
})
