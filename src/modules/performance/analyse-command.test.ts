import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runCommand } from '../../platform/commands/run.ts'
import { analyseCommand } from './analyse-command.ts'

const antisocial = [581, 617, 849, 950, 1011, 1114, 1117, 1329, 976, 944, 847, 643]
const months = antisocial.map((value, i) => `2025-${String(i + 1).padStart(2, '0')},${String(value)}\n`).join('')

interface Attributes {
  method: string
  n: number
  status: string
  points: { value: number | null; upper: number | null; signals: string[] }[]
}

describe('peelian analyse', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peelian-analyse-'))
  })
  after(() => rm(folder, { recursive: true }))

  const analyse = (content: string | Buffer | null, ...options: string[]) => analyseBy('xmr', content, ...options)

  async function analyseBy(method: string, content: string | Buffer | null, ...options: string[]) {
    const path = join(folder, 'series.csv')
    await rm(path, { force: true })
    if (content !== null) await writeFile(path, content)
    let [out, err] = ['', '']
    const streams = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) }
    const code = await runCommand(
      [analyseCommand],
      ['analyse', method, path, ...options],
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
  it('reads small counts, shares and rates by what chance gives', async () => {
    const counts = [25, 37, 46, 32, 35, 43, 45, 45, 61, 48, 49, 30]
    const robbery = counts.map((value, i) => `${String(i + 1)},${String(value)}\n`).join('')
    const poisson = JSON.parse((await analyseBy('poisson', `period,value\n${robbery}`, '--json')).out) as Attributes
    assert.deepEqual([poisson.method, poisson.n, poisson.status], ['poisson', 12, 'usable'])
    assert.deepEqual(poisson.points[8], { period: '9', value: 61, lower: 23, upper: 62, signals: [] })
    const asked =
      'period,numerator,denominator\nQ1,80,100\nQ2,160,200\nQ3,,\nQ4,75,100\nQ5,82,100\nQ6,79,100\nQ7,20,100\n'
    const shares = JSON.parse((await analyseBy('p', asked, '--json', '--per', '100')).out) as Attributes
    assert.equal(shares.n, 6)
    assert.deepEqual(shares.points[2]?.value, null)
    assert.deepEqual(shares.points[6]?.signals, ['beyond-low'])
    const [first, second] = shares.points
    assert.ok((first?.upper ?? 0) > (second?.upper ?? 0))
    assert.match((await analyseBy('u', asked)).out, /Q7\s+0\.2\s+[\d.]+\s+[\d.]+\s+beyond-low/)
  })
  it('compares areas in a funnel', async () => {
    const areas = 'area,events,population\nA,4260,65900\nB,11558,135500\nC,,1000\n'
    const found = JSON.parse((await analyseBy('funnel', areas, '--json')).out) as {
      phi: null
      areas: { area: string }[]
    }
    assert.deepEqual([found.phi, found.areas.map(({ area }) => area)], [null, ['A', 'B']])
    assert.match((await analyseBy('funnel', areas)).out, /A\s+64\.643399\s.*99\.8%/)
  })
  it('refuses figures that a chart cannot read', async () => {
    const cases: [string, string, RegExp][] = [
      ['poisson', 'period,value\nQ1,1.5\n', /Line 2: 1\.5 is not a count/],
      ['p', 'period,numerator,denominator\nQ1,5,4\n', /Line 2: 5 is more than there are/],
      ['u', 'period,numerator,denominator\nQ1,5,4\nQ2,5,0\n', /Line 3: 0 is nothing to divide by/],
      ['p', 'period,value\nQ1,5\n', /needs the columns period, numerator and denominator/],
      ['funnel', 'area,events,population\nA,5,0\n', /Line 2: a population is above 0/],
      ['guess', 'period,value\n', /There is no analysis "guess"/],
    ]
    for (const [method, content, words] of cases) {
      const result = await analyseBy(method, content, '--json')
      assert.ok(result.code !== 0 && result.out === '')
      assert.match(result.err, words)
    }
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
