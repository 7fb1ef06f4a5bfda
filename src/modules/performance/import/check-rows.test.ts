import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dateOfDay } from './cells.ts'
import { type KnownMeasure, RowChecker } from './check-rows.ts'
import { parse } from 'csv-parse/sync'
import { type Encoding, fileInMemory, inspect } from './csv-file.ts'
import { FirstSeen } from './first-seen.ts'
import { nearest } from './nearest.ts'
import { readRows, UnreadableCsv } from './read-rows.ts'

const crime: KnownMeasure = {
  id: 'a',
  reference: 'M-2017-01',
  title: 'Recorded crime',
  unit: 'count',
  kind: 'count',
  frequency: 'month',
  decimals: 0,
  source: 'Monthly return',
}
const satisfaction: KnownMeasure = {
  ...crime,
  id: 'b',
  reference: 'M-2017-02',
  title: 'Victim satisfaction',
  unit: 'percent',
  kind: 'proportion',
  decimals: 1,
}
const twin: KnownMeasure = { ...crime, id: 'c', reference: 'M-2017-03', title: 'Use of force' }
const other: KnownMeasure = { ...twin, id: 'd', reference: 'M-2017-04' }

async function check(content: string | Buffer, encoding: Encoding = 'utf-8') {
  const checker = new RowChecker([crime, satisfaction, twin, other])
  const file = fileInMemory('figures.csv', Buffer.from(content))
  await readRows(
    file,
    encoding,
    (cells, line) => checker.row(cells, line),
    async () => undefined,
  )
  const rows = checker.takeRest().flatMap(batch =>
    Array.from({ length: batch.length }, (_, i) => ({
      series: checker.series[batch.series[i]!],
      start: dateOfDay(batch.day[i]!).toString(),
      value: batch.value[i]!,
      line: batch.line[i]!,
    })),
  )
  return { checker, rows, faults: checker.faults }
}

async function faultOf(content: string) {
  const { faults } = await check(content)
  assert.equal(faults.length, 1, JSON.stringify(faults))
  const [fault] = faults
  assert.ok(fault)
  return fault
}

const withValue = (value: string) => `measure,period,value\nRecorded crime,2017-11,${value}\n`

describe('Rows of a file of figures', () => {
  it('are read by the reference or the title of their measure, columns in any order', async () => {
    const { rows, faults, checker } = await check(
      'period,value,MEASURE\n2017-11,12,recorded  CRIME\n2017-12,-3,M-2017-01\n2018-01,*,Recorded crime\n',
    )
    assert.deepEqual(faults, [])
    assert.deepEqual(
      rows.map(row => row.value),
      [12, -3, Number.NaN],
    )
    assert.deepEqual(
      rows.map(row => row.start),
      ['2017-11-01', '2017-12-01', '2018-01-01'],
    )
    assert.deepEqual(
      rows.map(row => row.line),
      [2, 3, 4],
    )
    assert.equal(checker.series.length, 1)
  })
  it('belong to a series of their own for each breakdown and each source', async () => {
    const { checker, faults } = await check(
      'measure,period,value,breakdown,source\n' +
        'Recorded crime,2017-11,12,Rugby,\nRecorded crime,2017-11,13,Rugby,ONS\nRecorded crime,2017-11,14,,\n',
    )
    assert.deepEqual(faults, [])
    assert.deepEqual(
      checker.series.map(series => [series.breakdown, series.source]),
      [
        ['Rugby', ''],
        ['Rugby', 'ONS'],
        ['', ''],
      ],
    )
  })
  it('stay in the measure’s own series when its own source is written out', async () => {
    const { checker } = await check(
      'measure,period,value,source\nRecorded crime,2017-11,12,Monthly return\nRecorded crime,2017-12,13,\n',
    )
    assert.deepEqual(
      checker.series.map(series => series.source),
      [''],
    )
  })
  it('are all missing without a column, which is named with what is there', async () => {
    const { faults, rows } = await check('Measure,Month,Count\nRecorded crime,2017-11,12\n')
    assert.deepEqual(rows, [])
    assert.deepEqual(
      faults.map(fault => fault.column),
      ['period', 'value', 'Month', 'Count'],
    )
    assert.match(faults[0]?.message ?? '', /The columns are: Measure, Month, Count/)
  })
  it('parted by semicolons are not read as one column', async () => {
    const { message } = await faultOf('measure;period;value\nRecorded crime;2017-11;12\n')
    assert.match(message, /semicolons/)
  })
  it('name an unknown measure and the nearest known one', async () => {
    const fault = await faultOf('measure,period,value\nRecorded crimes,2017-11,12\n')
    assert.deepEqual([fault.line, fault.column], [2, 'measure'])
    assert.match(fault.message, /Did you mean “Recorded crime”/)
  })
  it('name a measure by its reference where two have one title', async () => {
    const { message } = await faultOf('measure,period,value\nUse of force,2017-11,12\n')
    assert.match(message, /M-2017-03 or M-2017-04/)
    assert.deepEqual((await check('measure,period,value\nM-2017-04,2017-11,12\n')).faults, [])
  })
  it('refuse a period in another spelling, and one of another frequency', async () => {
    assert.match((await faultOf('measure,period,value\nRecorded crime,Nov 2017,12\n')).message, /write 2017-11/)
    const fault = await faultOf('measure,period,value\nRecorded crime,2017/18 Q1,12\n')
    assert.match(fault.message, /monthly: write its period like 2017-11/)
    assert.equal(fault.column, 'period')
  })
  it('refuse what is not a plain figure, each with its own words', async () => {
    assert.match((await faultOf(withValue('"1,234"'))).message, /thousands separators/)
    assert.match((await faultOf(withValue('12%'))).message, /% sign/)
    assert.match((await faultOf(withValue('£12'))).message, /£ sign/)
    assert.match((await faultOf(withValue('=1+2'))).message, /formula/)
    assert.match((await faultOf(withValue('about 12'))).message, /not a figure/)
    assert.match((await faultOf(withValue('1e5'))).message, /not a figure/)
    assert.match((await faultOf(withValue('9007199254740993'))).message, /too large/)
  })
  it('refuse a formula in every column', async () => {
    const columns = ['measure', 'period', 'value', 'breakdown', 'source', 'numerator']
    for (const column of columns) {
      const cells = {
        measure: 'Recorded crime',
        period: '2017-11',
        value: '1',
        breakdown: 'x',
        source: 'y',
        numerator: '1',
      }
      const row = Object.entries({ ...cells, [column]: '=HYPERLINK(1)' }).map(([, cell]) => cell)
      const fault = await faultOf(`${columns.join(',')}\n${row.join(',')}\n`)
      assert.equal(fault.column, column)
      assert.match(fault.message, /begins with “=”/)
    }
  })
  it('say that period and value have changed places', async () => {
    const fault = await faultOf('measure,period,value\nRecorded crime,1200,2017-11\n')
    assert.match(fault.message, /The period here is “1200” and the value “2017-11”: they seem to have changed places/)
  })
  it('keep each mark of a missing figure', async () => {
    for (const mark of ['', '-', '*', 'n/a', 'N/A', '[x]']) {
      const { rows, faults } = await check(withValue(mark))
      assert.deepEqual(faults, [], mark)
      assert.ok(Number.isNaN(rows[0]?.value))
    }
  })
  it('give one period one figure from one source, and name both lines where they do not', async () => {
    const text = 'measure,period,value\nRecorded crime,2017-11,12\nRecorded crime,2017-12,12\nM-2017-01,2017-11,12.5\n'
    const fault = await faultOf(text)
    assert.equal(fault.line, 4)
    assert.match(fault.message, /12\.5 here and 12 on line 2/)
    const same = await check(text.replace('12.5', '12'))
    assert.deepEqual([same.faults.length, same.checker.repeated, same.rows.length], [0, 1, 2])
  })
  it('refuse another unit', async () => {
    const text = 'measure,period,value,unit\nRecorded crime,2017-11,12,percent\n'
    assert.match((await faultOf(text)).message, /keeps its unit/)
    assert.deepEqual((await check(text.replace('percent', 'Count'))).faults, [])
    assert.match(
      (await faultOf('measure,period,value\nVictim satisfaction,2017-11,853\n')).message,
      /between 0 and 100/,
    )
    const fraction = 'measure,period,value,numerator,denominator\nVictim satisfaction,2017-11,0.853,853,1000\n'
    assert.match((await faultOf(fraction)).message, /come to 85\.3%/)
    assert.deepEqual((await check(fraction.replace('0.853', '85.3'))).faults, [])
  })
  it('read the status and the date a figure stood at', async () => {
    const head = 'measure,period,value,status,as_at\nRecorded crime,2017-11,12,'
    assert.deepEqual((await check(`${head}Provisional,2018-04-01\n`)).faults, [])
    assert.equal((await faultOf(`${head}guessed,2018-04-01\n`)).column, 'status')
    assert.equal((await faultOf(`${head}final,01/04/2018\n`)).column, 'as_at')
  })
  it('name every bad row, and a row with too few cells', async () => {
    const { faults, checker } = await check(
      'measure,period,value\nx,y,z\nRecorded crime,2017-11\n\nRecorded crime,soon,1\n',
    )
    assert.deepEqual(
      faults.map(fault => [fault.line, fault.column]),
      [
        [2, 'measure'],
        [2, 'period'],
        [2, 'value'],
        [3, ''],
        [5, 'period'],
      ],
    )
    assert.equal(checker.faultCount, 5)
    assert.equal(checker.rows, 3)
  })
  it('may hold commas, quotation marks and line breaks within quotation marks', async () => {
    const { checker, faults } = await check(
      'measure,period,value,breakdown\nRecorded crime,2017-11,12,"Nuneaton, ""town""\nand Bedworth"\nRecorded crime,2017-12,x,\n',
    )
    assert.equal(checker.series[0]?.breakdown, 'Nuneaton, "town"\nand Bedworth')
    assert.deepEqual(
      faults.map(fault => fault.line),
      [4],
    )
  })
  it('end where a quotation mark is not closed, with its line', async () => {
    await assert.rejects(
      check('measure,period,value\nRecorded crime,2017-11,12\nRecorded "crime,2017-12,1\n'),
      fault => {
        assert.ok(fault instanceof UnreadableCsv)
        assert.equal(fault.line, 3)
        return true
      },
    )
  })
  it('no text makes the checker throw', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 3, maxLength: 3 }), { maxLength: 20 }), rows => {
        const checker = new RowChecker([crime])
        checker.row(['measure', 'period', 'value'], 1)
        for (const [i, cells] of rows.entries()) checker.row(cells, i + 2)
        const kept = checker.takeRest().reduce((sum, batch) => sum + batch.length, 0)
        assert.ok(kept + checker.repeated + checker.faultCount >= rows.length)
      }),
    )
  })
})

describe('Files', () => {
  const text = 'measure,period,value,breakdown\nRecorded crime,2017-11,12,Café – “north” €\n'
  const in1252 = Buffer.from(
    text.replace('é', '\xe9').replace('–', '\x96').replace('“', '\x93').replace('”', '\x94').replace('€', '\x80'),
    'latin1',
  )

  it('in UTF-8, with or without a byte-order mark, and in Windows-1252 read alike', async () => {
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), in1252]) {
      const { encoding, fault } = await inspect(fileInMemory('figures.csv', bytes))
      assert.equal(fault, null)
      assert.equal(encoding, bytes === in1252 ? 'windows-1252' : 'utf-8')
      const { checker, faults } = await check(bytes, encoding)
      assert.deepEqual(faults, [])
      assert.equal(checker.series[0]?.breakdown, 'Café – “north” €')
    }
  })
  it('keep a character that lies across two pieces', async () => {
    for (const size of [1, 2, 3, 5]) {
      const bytes = Buffer.from('é€😀'.repeat(20))
      const file = {
        name: 'x',
        async *open() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
        },
      }
      assert.equal((await inspect(file)).encoding, 'utf-8')
    }
    assert.equal((await inspect(fileInMemory('x', Buffer.from('é').subarray(0, 1)))).encoding, 'windows-1252')
  })
  it('that are no CSV are refused in words', async () => {
    const faultIn = async (bytes: Buffer) => (await inspect(fileInMemory('figures.csv', bytes))).fault ?? ''
    assert.match(await faultIn(Buffer.from('PK\x03\x04rest', 'latin1')), /Excel workbook/)
    assert.match(await faultIn(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])), /Excel workbook/)
    assert.match(await faultIn(Buffer.from('\ufeffm', 'utf16le')), /Unicode text/)
    assert.match(await faultIn(Buffer.from('a\0b')), /not a text file/)
    assert.match(await faultIn(Buffer.alloc(0)), /empty/)
  })
})

describe('Rows', () => {
  async function rowsOf(text: string, size: number) {
    const bytes = Buffer.from(text)
    const rows: [readonly string[], number][] = []
    const file = {
      name: 'x',
      async *open() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      },
    }
    await readRows(
      file,
      'utf-8',
      (cells, line) => rows.push([cells, line]),
      async () => undefined,
    )
    return rows
  }
  const cell = fc.stringMatching(/^[a-zé€ ]{0,4}$/)
  const quotedCell = fc.oneof(
    cell,
    fc.constantFrom('a,b', 'say ""so""', 'two\nlines').map(text => `"${text}"`),
  )
  const file = (each: fc.Arbitrary<string>) =>
    fc
      .tuple(
        fc.array(fc.array(each, { minLength: 1, maxLength: 4 }).map(cells => cells.join(','))),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
      )
      .map(([lines, end, ended]) => lines.join(end) + (ended ? end : ''))

  it('are those of the CSV parser, with and without quotation marks, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(file(cell), file(quotedCell)), fc.integer({ min: 1, max: 40 }), async (text, size) => {
        const wanted: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true })
        assert.deepEqual(
          (await rowsOf(text, size)).map(([cells]) => cells),
          wanted,
        )
      }),
      { numRuns: 300 },
    )
  })
  it('keep the numbers of their lines when the first quotation mark comes late', async () => {
    const rows = await rowsOf('a,b\n\nc,d\n"e\nf",g\nh,i\n', 7)
    assert.deepEqual(rows, [
      [['a', 'b'], 1],
      [['c', 'd'], 3],
      [['e\nf', 'g'], 5],
      [['h', 'i'], 6],
    ])
  })
})

describe('The table of first lines', () => {
  it('finds again what was put in, however much', () => {
    const seen = new FirstSeen()
    const places = Array.from({ length: 200_000 }, (_, i) => [i % 700, Math.floor(i / 700) * 31 - 4000] as const)
    for (const [i, [series, day]] of places.entries()) {
      const at = seen.find(series, day)
      assert.ok(seen.isNew(at))
      seen.fill(at, series, day, i, i / 2)
    }
    for (const [i, [series, day]] of places.entries()) {
      const at = seen.find(series, day)
      if (seen.isNew(at) || seen.lineAt(at) !== i || seen.valueAt(at) !== i / 2) assert.fail(`lost ${String(i)}`)
    }
  })
})

describe('The nearest known word', () => {
  it('is offered when few letters differ, and nothing otherwise', () => {
    assert.equal(nearest('Recorded crimes', ['Recorded crime', 'Robbery']), 'Recorded crime')
    assert.equal(nearest('robery', ['Recorded crime', 'Robbery']), 'Robbery')
    assert.equal(nearest('Establishment', ['Recorded crime', 'Robbery']), null)
    assert.equal(nearest('', []), null)
  })
})
