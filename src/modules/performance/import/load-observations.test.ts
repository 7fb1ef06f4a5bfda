import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { WorkspaceContext } from '../../../platform/web/route.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testWorld, type TestWorld } from '../../../record/testing.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { performance as performanceModule } from '../index.ts'
import { type NewMeasure, setUpMeasure } from '../measures/set-up-measure.ts'
import { figuresOf, revisionsOf, seriesOf } from '../queries.ts'
import { fileInMemory, type ImportFile } from './csv-file.ts'
import { loadObservations, type LoadReport } from './load-observations.ts'
import { findReading } from './reading-queries.ts'

const crime: NewMeasure = {
  areaId: 1,
  title: 'Recorded crime',
  unit: 'count',
  kind: 'count',
  polarity: 'decrease',
  frequency: 'month',
  definition: 'Crimes recorded in the month.',
  source: 'The force',
}

const head = 'measure,period,value\n'
const csv = (text: string) => fileInMemory('figures.csv', Buffer.from(text))
const counts = ({ rows, added, changed, unchanged, faultCount }: LoadReport) => [
  rows,
  added,
  changed,
  unchanged,
  faultCount,
]

describe('Loading figures', () => {
  let world: TestWorld
  let policyLead: Viewer
  let measureId = ''

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    policyLead = world.viewer(world.office, 'policy-lead')
    measureId = await world.as(policyLead, async (trx, context) => (await setUpMeasure(trx, context, crime)).id)
  })
  after(() => world.close())

  const load = (file: ImportFile, dryRun = false) =>
    world.as(policyLead, (trx, context) => loadObservations(trx, context, file, { areaId: 1, dryRun }))

  /** Period, latest value, revision and mark of every figure of the measure. */
  const held = () => world.as(policyLead, trx => heldIn(trx))
  async function heldIn(trx: Trx) {
    const series = await seriesOf(trx, 1, [measureId])
    const figures = await figuresOf(
      trx,
      series.map(each => each.id),
    )
    return series.flatMap(each =>
      (figures.get(each.id) ?? []).map(figure => [
        figure.period.start.toString(),
        figure.value,
        figure.revision,
        figure.mark,
      ]),
    )
  }

  it('a dry run counts and changes nothing', async () => {
    const report = await load(csv(`${head}Recorded crime,2025-01,100\nRecorded crime,2025-02,*\n`), true)
    assert.deepEqual(counts(report), [2, 2, 0, 0, 0])
    assert.equal(report.loaded, null)
    assert.deepEqual(await held(), [])
  })
  it('applies a file, marks kept, and makes a record of it with its hash', async () => {
    const report = await load(csv(`${head}Recorded crime,2025-01,100\nRecorded crime,2025-02,*\n`))
    assert.deepEqual(counts(report), [2, 2, 0, 0, 0])
    assert.ok(report.loaded)
    assert.deepEqual(await held(), [
      ['2025-01-01', 100, 1, null],
      ['2025-02-01', null, 1, '*'],
    ])
    const { id } = report.loaded
    const row = await world.as(policyLead, trx =>
      trx.selectFrom('performance_import').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    assert.equal(row.sha256.length, 32)
    assert.deepEqual([row.rows, row.added, row.file_name], [2, 2, 'figures.csv'])
  })
  it('the same file again changes nothing and leaves no trace', async () => {
    const events = () =>
      world.as(policyLead, trx =>
        trx
          .selectFrom('event')
          .select(e => e.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow(),
      )
    const before = await events()
    const report = await load(csv(`${head}Recorded crime,2025-01,100\nRecorded crime,2025-02,*\n`))
    assert.deepEqual(counts(report), [2, 0, 0, 2, 0])
    assert.equal(report.loaded, null)
    assert.deepEqual(await events(), before)
  })
  it('keeps every revision, and shows what would change', async () => {
    const text = `${head}Recorded crime,2025-01,104\nRecorded crime,2025-02,99\nRecorded crime,2025-03,101\n`
    const preview = await load(csv(text), true)
    assert.deepEqual(counts(preview), [3, 1, 2, 0, 0])
    assert.deepEqual(
      preview.changes.map(change => [change.period, change.before, change.after]),
      [
        ['January 2025', 100, 104],
        ['February 2025', null, 99],
      ],
    )
    await load(csv(text))
    assert.deepEqual(await held(), [
      ['2025-01-01', 104, 2, null],
      ['2025-02-01', 99, 2, null],
      ['2025-03-01', 101, 1, null],
    ])
    const revisions = await world.as(policyLead, async trx =>
      revisionsOf(
        trx,
        (await seriesOf(trx, 1, [measureId])).map(s => s.id),
      ),
    )
    assert.deepEqual(
      revisions.map(each => [each.period_start.toString(), each.revision, each.value]),
      [
        ['2025-02-01', 1, null],
        ['2025-02-01', 2, 99],
        ['2025-01-01', 1, 100],
        ['2025-01-01', 2, 104],
      ],
    )
  })
  it('keeps a figure older than the one held as an earlier revision, and never as the latest', async () => {
    const dated = (value: number, asAt: string) =>
      csv(`measure,period,value,as_at\nRecorded crime,2025-04,${String(value)},${asAt}\n`)
    await load(dated(50, '2025-06-01'))
    const report = await load(dated(51, '2025-05-01'))
    assert.deepEqual([counts(report), report.older, report.series], [[1, 0, 0, 0, 0], 1, []])
    assert.ok(report.loaded)
    assert.deepEqual(
      (await held()).find(([start]) => start === '2025-04-01'),
      ['2025-04-01', 50, 1, null],
    )
    const again = await load(dated(51, '2025-05-01'))
    assert.deepEqual([counts(again), again.older, again.loaded], [[1, 0, 0, 1, 0], 0, null])
    assert.deepEqual(counts(await load(dated(50, '2025-07-01'))), [1, 0, 0, 1, 0])
  })
  it('files of several years come to the same end in whatever order they are loaded', async () => {
    const vintages = ['2023', '2024', '2025', '2026'].map((year, i) => ({
      asAt: `${year}-05-01`,
      figures: Array.from(
        { length: i + 1 },
        (_, month) => [`2022-0${String(month + 1)}`, 100 * (month + 1) + i] as const,
      ),
    }))
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
      [3, 0, 1, 2],
    ]
    const ends: unknown[] = []
    const thefts = await world.as(policyLead, (trx, context) =>
      setUpMeasure(trx, context, { ...crime, title: 'Thefts' }),
    )
    for (const [place, order] of orders.entries()) {
      const part = `Order ${String(place)}`
      for (const at of order) {
        const { asAt, figures } = vintages[at]!
        const rows = figures.map(([month, value]) => `Thefts,${month},${String(value)},${part},${asAt}\n`)
        assert.equal((await load(csv(`measure,period,value,breakdown,as_at\n${rows.join('')}`))).faultCount, 0)
      }
      ends.push(
        await world.as(policyLead, async trx => {
          const series = (await seriesOf(trx, 1, [thefts.id])).filter(each => each.breakdown === part)
          const rows = await revisionsOf(
            trx,
            series.map(each => each.id),
          )
          return rows.map(row => [row.period_start.toString(), row.value, row.as_at?.toString(), row.revision])
        }),
      )
    }
    assert.deepEqual(
      (ends[0] as unknown[][]).filter(([start]) => start === '2022-01-01'),
      [
        ['2022-01-01', 100, '2023-05-01', 1],
        ['2022-01-01', 101, '2024-05-01', 2],
        ['2022-01-01', 102, '2025-05-01', 3],
        ['2022-01-01', 103, '2026-05-01', 4],
      ],
    )
    for (const end of ends) assert.deepEqual(end, ends[0])
  })
  it('asks about figures of another size or scale than those held, and loads them once they are confirmed', async () => {
    const share = {
      ...crime,
      title: 'Satisfaction',
      unit: 'percent',
      kind: 'proportion',
      polarity: 'increase',
    } as const
    const [other, third] = [
      { ...crime, title: 'Incidents' },
      { ...crime, title: 'Burglaries' },
    ]
    await world.as(policyLead, async (trx, context) => {
      await setUpMeasure(trx, context, share)
      await setUpMeasure(trx, context, other)
      await setUpMeasure(trx, context, third)
    })
    const ask = (text: string, doubts: 'ask' | 'confirmed' = 'ask') =>
      world.as(policyLead, (trx, context) =>
        loadObservations(trx, context, csv(head + text), { areaId: 1, dryRun: false, doubts }),
      )
    const months = ['2024-01', '2024-02', '2024-03', '2024-04']
    const rows = months.map(
      (month, i) => `Satisfaction,${month},${String(84 + i)}\nIncidents,${month},${String(3000 + i)}\n`,
    )
    const first = await ask(rows.join(''))
    assert.deepEqual([first.faultCount, first.doubts], [0, []])
    await load(csv(head + months.map(month => `Burglaries,${month},100\n`).join('')))
    const scale = await ask('Satisfaction,2024-05,0.85\n')
    assert.match(scale.faults[0]?.message ?? '', /has 0\.85 here, and is held as about 85\.5%\. Is 85\.00% meant/)
    assert.equal(scale.loaded, null)
    const swapped = await ask('Burglaries,2024-05,2990\nIncidents,2024-05,101\n')
    assert.match(
      swapped.faults[0]?.message ?? '',
      /usually about 100\. It would fit “Incidents”: have two columns changed places/,
    )
    assert.deepEqual([swapped.faults.map(fault => fault.line), swapped.loaded], [[2, 3], null])
    const sure = await ask('Burglaries,2024-05,2990\n', 'confirmed')
    assert.ok(sure.loaded)
    const key = sure.loaded
    const told = await world.as(policyLead, trx => findReading(trx, key))
    assert.match(told?.confirmed[0]?.message ?? '', /Burglaries/)
    assert.equal(told?.confirmed_by, policyLead.name)
    const odd = await ask('Satisfaction,2024-06,0\nIncidents,2024-06,2500\nBurglaries,2024-06,140\n')
    assert.deepEqual(odd.doubts, [])
  })
  it('asks about a first file of percentages that are all below 1', async () => {
    const share = { ...crime, title: 'Confidence', unit: 'percent', kind: 'proportion', polarity: 'increase' } as const
    const report = await world.as(policyLead, async (trx, context) => {
      await setUpMeasure(trx, context, share)
      const file = csv(`${head}Confidence,2024-05,0.85\nConfidence,2024-06,0.9\n`)
      return loadObservations(trx, context, file, { areaId: 1, dryRun: true, doubts: 'ask' })
    })
    assert.match(report.doubts[0]?.message ?? '', /below 1\. A share of 0\.85 is written 85/)
  })
  it('with one fault in a long file nothing of it is applied, and the transaction can be committed', async () => {
    const before = await held()
    const lines = Array.from(
      { length: 70_000 },
      (_, i) => `Recorded crime,2025-05,${String(i % 7)},Part ${String(i)}\n`,
    )
    const long = `measure,period,value,breakdown\n${lines.join('')}Recorded crime,2025-05,oops,Last\n`
    const report = await load(csv(long))
    assert.deepEqual(counts(report), [70_001, 0, 0, 0, 1])
    assert.deepEqual([report.faults[0]?.line, report.faults[0]?.column], [70_002, 'value'])
    assert.deepEqual(await held(), before)
    const series = await world.as(policyLead, trx => seriesOf(trx, 1, [measureId]))
    assert.equal(series.length, 1)
  })
  it('a connection that is cut in the middle leaves nothing half applied', async () => {
    const before = await held()
    let pieces = 0
    const cut: ImportFile = {
      name: 'cut.csv',
      async *open() {
        pieces++
        yield Buffer.from(`measure,period,value,breakdown\n`)
        for (let i = 0; i < 40_000; i++) yield Buffer.from(`Recorded crime,2025-05,1,Cut ${String(i)}\n`)
        if (pieces === 2) throw new Error('the file is gone')
      },
    }
    await assert.rejects(load(cut), /the file is gone/)
    assert.deepEqual(await held(), before)
  })
  it('another organisation neither knows the measures nor sees the figures', async () => {
    const panel = world.viewer(world.panel, 'panel-clerk')
    const report = await world.as(panel, (trx, context) =>
      loadObservations(trx, context, csv(`${head}Recorded crime,2025-01,1\n`), { areaId: 1, dryRun: false }),
    )
    assert.match(report.faults[0]?.message ?? '', /no measures yet/)
  })
  it('a historical area is read-only', async () => {
    await world.database.owner
      .updateTable('workspace.area' as 'area')
      .set({ historical: true })
      .execute()
    const report = await load(csv(`${head}Recorded crime,2025-01,1\n`))
    assert.match(report.faults[0]?.message ?? '', /historical area/)
    await world.database.owner
      .updateTable('workspace.area' as 'area')
      .set({ historical: false })
      .execute()
  })

  describe('raises exceptions', () => {
    const steady = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102]
    const month = (i: number) => `20${String(25 + Math.floor(i / 12))}-${String((i % 12) + 1).padStart(2, '0')}`
    const file = (values: readonly number[]) =>
      csv(head + values.map((value, i) => `Robbery,${month(i)},${String(value)}\n`).join(''))
    let robbery = ''

    async function loadAndRaise(values: readonly number[]) {
      return world.as(policyLead, async (trx, context) => {
        const report = await loadObservations(trx, context, file(values), { areaId: 1, dryRun: false })
        const raised = await raiseExceptions(trx, context, 1, report.series)
        return { raised, exceptions: await standing(trx, context) }
      })
    }
    async function standing(trx: Trx, _context: WorkspaceContext) {
      return trx
        .selectFrom('performance_exception as e')
        .innerJoin('record as r', 'r.id', 'e.id')
        .select(['e.rule', 'e.direction', 'r.state', 'e.last_period', 'r.title'])
        .where('e.measure_id', '=', robbery)
        .orderBy('r.created_at')
        .execute()
    }

    before(async () => {
      robbery = await world.as(
        policyLead,
        async (trx, context) => (await setUpMeasure(trx, context, { ...crime, title: 'Robbery' })).id,
      )
    })
    it('none from five figures, one when a limit is crossed, and not twice', async () => {
      assert.equal((await loadAndRaise(steady.slice(0, 5))).raised.raised, 0)
      assert.equal((await loadAndRaise(steady)).raised.raised, 0)
      const { raised, exceptions } = await loadAndRaise([...steady, 150])
      assert.equal(raised.raised, 1)
      assert.deepEqual([exceptions[0]?.rule, exceptions[0]?.state], ['beyond', 'new'])
      assert.equal((await loadAndRaise([...steady, 150])).exceptions.length, 1)
    })
    it('goes on with one that continues, ends one that is over, and lets lapse what figures no longer bear out', async () => {
      const continued = await loadAndRaise([...steady, 150, 152])
      assert.deepEqual(
        continued.exceptions.filter(each => each.rule === 'beyond').map(each => each.state),
        ['continuing'],
      )
      const over = await loadAndRaise([...steady, 150, 152, 101])
      assert.deepEqual(
        over.exceptions.filter(each => each.rule === 'beyond').map(each => each.state),
        ['ended'],
      )
      const revised = await loadAndRaise([...steady, 101, 99, 150])
      const beyond = revised.exceptions.filter(each => each.rule === 'beyond')
      assert.deepEqual(beyond.map(each => each.state).sort(), ['lapsed', 'new'])
      const taken = await loadAndRaise([...steady, 101, 99, 102])
      assert.deepEqual(
        taken.exceptions.filter(each => each.rule === 'beyond').map(each => each.state),
        ['lapsed', 'lapsed'],
      )
    })
    it('each points to its measure', async () => {
      const links = await world.as(policyLead, trx =>
        trx.selectFrom('link').select('relation').where('to_id', '=', robbery).execute(),
      )
      assert.ok(links.length > 0 && links.every(each => each.relation === 'found-in'))
    })
  })
})
