import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import type { Answer, Upload } from '../../../platform/web/route.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { findRecord } from '../../../record/records.ts'
import { testNow, testWorld, type TestWorld } from '../../../record/testing.ts'
import { breaksOf } from '../breaks/breaks-queries.ts'
import { performance as performanceModule } from '../index.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { streetHeader, streetRow } from '../open-data/testing.ts'
import { addName, enterPlace, mergePlace } from '../places/deeds.ts'
import { figuresOf, findMeasures, seriesOf } from '../queries.ts'
import { workspace } from '../workspace.ts'
import { beginLoads } from './begin-loads.ts'
import { loadFile } from './load-file.ts'
import { askToStop, findLoad, loadsOfBatch, unfinishedLoads } from './load-queries.ts'
import { orderLoads } from './order-load.ts'
import { runLoad } from './run-load.ts'

const upload = (fileName: string, lines: readonly string[]): Upload => {
  return { field: 'files', fileName, mediaType: 'text/csv', bytes: Buffer.from(`${lines.join('\n')}\n`) }
}
const months = (force: string, counts: readonly number[]) => [
  'month,force,crime_type,count',
  ...counts.map((count, i) => `2025-${String(i + 1).padStart(2, '0')},${force},Robbery,${String(count)}`),
]

describe('Loads that run by themselves', () => {
  let world: TestWorld
  let lead: Viewer
  const services = () => ({ program: world.database.program, now: () => testNow, log: () => undefined })

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    await beginLoads(services())
  })
  after(() => world.close())

  const order = (form: string, options: object, ...uploads: Upload[]) =>
    world.as(lead, (trx, context) => orderLoads(trx, context, { areaId: 1, form, options }, uploads))
  const unfinished = () => inTransaction(world.database.program, null, trx => unfinishedLoads(trx))
  const runAll = async () => {
    for (const key of await unfinished()) await runLoad(services(), loadFile, key)
  }
  const loadsOf = (batch: string) => world.as(lead, trx => loadsOfBatch(trx, 1, batch))

  /** Figures by title and breakdown: `2025-01=4 …`. */
  const held = () =>
    world.as(lead, async trx => {
      const measures = await findMeasures(trx, 1)
      const series = await seriesOf(
        trx,
        1,
        measures.map(each => each.id),
      )
      const figures = await figuresOf(
        trx,
        series.map(each => each.id),
      )
      return new Map(
        series.map(each => {
          const title = measures.find(measure => measure.id === each.measure_id)?.title ?? ''
          const values = (figures.get(each.id) ?? []).map(
            ({ period, value }) => `${period.start.toString().slice(0, 7)}=${String(value)}`,
          )
          return [`${title.split(',')[0] ?? ''}/${each.breakdown}`, values.join(' ')]
        }),
      )
    })
  const page = async (path: string, params: Record<string, string>, viewer: Viewer, more = {}): Promise<Answer> => {
    const route = workspace.find(each => each.path === path)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), { params, ...more })
  }

  it('load a file of open data once, keep what is told, and pass it over the second time', async () => {
    const file = upload('forces.csv', months('warwickshire', [4, 5]))
    const batch = await order('force-months', { force: 'Warwickshire' }, file)
    await runAll()
    const [load] = await loadsOf(batch)
    assert.equal(load?.state, 'done', JSON.stringify(load?.report))
    assert.equal((await held()).get('Robbery/'), '2025-01=4 2025-02=5')
    const record = await world.as(lead, trx => findRecord(trx, { areaId: 1, id: load.id }))
    assert.equal(record?.state, 'applied')
    const again = await order('force-months', { force: 'Warwickshire' }, file)
    await runAll()
    assert.match(JSON.stringify((await loadsOf(again))[0]?.report), /"loadedBefore":"20/)
    const shown = await page('/performance/loads/:batch', { batch: again }, lead)
    assert.match(JSON.stringify(shown), /No figures were loaded.*loaded before. It was passed over/)
  })

  it('change nothing when the file is only checked, or has something to put right', async () => {
    const before = await held()
    const checked = await order('force-months', { dryRun: true }, upload('a.csv', months('kent', [1])))
    const faulty = await order(
      'force-months',
      {},
      upload('b.csv', [...months('kent', [1]), '2025-02,nowhere,Robbery,1']),
    )
    await runAll()
    assert.deepEqual([(await loadsOf(checked))[0]?.state, (await loadsOf(faulty))[0]?.state], ['done', 'refused'])
    assert.deepEqual(await held(), before)
    assert.match(
      JSON.stringify(await page('/performance/loads/:batch', { batch: faulty }, lead)),
      /enter it under Places/,
    )
  })

  it('are stopped from the page, and leave nothing', async () => {
    const batch = await order('force-months', {}, upload('c.csv', months('kent', [7])))
    await page('/performance/loads/:batch/stop', { batch }, lead)
    await runAll()
    const [load] = await loadsOf(batch)
    assert.equal(load?.state, 'stopped')
    assert.equal((await held()).get('Robbery/Kent'), undefined)
  })

  it('are stopped on their way by another request', async () => {
    const batch = await order('force-months', {}, upload('d.csv', months('kent', [7])))
    const [key] = await unfinished()
    assert.ok(key)
    let turns = 0
    await runLoad(
      services(),
      async (trx, act, load) => {
        const end = await loadFile(trx, act, load)
        // The order to stop is written on another connection, and met by the sign of life beside this load.
        await stopFromElsewhere(batch)
        while (turns++ < 1000) {
          load.follower.goOn()
          await new Promise(resolve => setTimeout(resolve, 20))
        }
        return end
      },
      key,
    )
    assert.equal((await loadsOf(batch))[0]?.state, 'stopped')
    assert.equal((await held()).get('Robbery/Kent'), undefined)
  })
  async function stopFromElsewhere(batch: string): Promise<void> {
    const { connect } = await import('../../../platform/database/connect.ts')
    const { AsyncResource } = await import('node:async_hooks')
    const outside = connect(world.database.urls.program)
    await new AsyncResource('outside').runInAsyncScope(async () => {
      await outside.transaction().execute(trx => askToStop(trx.withoutPlugins(), 1, batch))
    })
    await outside.destroy()
  }

  it('begin again after their process was killed, never doubled and never half', async () => {
    const batch = await order('force-months', {}, upload('e.csv', months('kent', [7, 8, 9])))
    const child = fork(new URL('./kill-test-process.ts', import.meta.url), [world.database.urls.program])
    await once(child, 'message')
    const [busy] = await unfinished()
    assert.ok(busy)
    // While the other process holds it, nobody else runs it.
    await runLoad(services(), loadFile, busy)
    assert.equal((await held()).get('Robbery/Kent'), undefined)
    child.kill('SIGKILL')
    await once(child, 'exit')
    while ((await unfinished()).length > 0) await runAll()
    assert.equal((await loadsOf(batch))[0]?.state, 'done')
    assert.equal((await held()).get('Robbery/Kent'), '2025-01=7 2025-02=8 2025-03=9')
    await runLoad(services(), loadFile, busy)
    assert.equal((await held()).get('Robbery/Kent'), '2025-01=7 2025-02=8 2025-03=9')
  })

  it('are tried a few times and then given up', async () => {
    const batch = await order('force-months', {}, upload('f.csv', months('surrey', [1])))
    const [key] = await unfinished()
    assert.ok(key)
    const broken = () => Promise.reject(new Error('out of memory'))
    for (let attempt = 0; attempt < 5; attempt++) await runLoad(services(), broken, key)
    assert.equal((await loadsOf(batch))[0]?.state, 'failed')
  })

  it('are not shown to, or stopped by, another organisation', async () => {
    const batch = await order('force-months', {}, upload('g.csv', months('surrey', [1])))
    for (const organisation of [world.force, world.panel]) {
      const stranger = world.viewer(organisation, 'administrator')
      for (const path of [
        '/performance/loads/:batch',
        '/performance/loads/:batch/progress.json',
        '/performance/loads/:batch/stop',
      ]) {
        assert.deepEqual(await page(path, { batch }, stranger), { type: 'not-found' })
      }
    }
    const [load] = await loadsOf(batch)
    assert.equal((await world.as(lead, trx => findLoad(trx, { areaId: 1, id: load?.id ?? '' })))?.stop, false)
    await runAll()
  })

  it('check a file of one’s own first, and load it from its page', async () => {
    await world.as(lead, (trx, context) =>
      setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Own count', unit: 'count', kind: 'count', polarity: 'decrease' },
        ...{ frequency: 'month', definition: 'Counted', source: 'Us' },
      }),
    )
    const file = upload('own.csv', ['measure,period,value', 'Own count,2025-01,3'])
    const batch = await order('figures', { dryRun: true }, file)
    await runAll()
    const [load] = await loadsOf(batch)
    const record = await world.as(lead, trx => findRecord(trx, { areaId: 1, id: load?.id ?? '' }))
    assert.equal(record?.state, 'checked')
    assert.match(
      JSON.stringify(await page('/performance/imports/:id', { id: load?.id ?? '' }, lead)),
      /New figures.*"value":1/,
    )
    assert.equal((await held()).get('Own count/'), undefined)
  })

  it('take street files of a force that is not the area’s for what they are, and keep its districts', async () => {
    const rows = [1, 2].map(i => streetRow(`x${String(i)}`, '2025-03', 'Rugby 001A', 'Burglary'))
    await order('street', {}, upload('street.csv', [streetHeader, ...rows]))
    await runAll()
    const figures = await held()
    assert.equal(figures.get('Burglary/'), '2025-03=2')
    assert.equal(figures.get('Burglary/Rugby'), '2025-03=2')
  })

  it('go on with a renamed force, and note a merger without adding up', async () => {
    const force = await world.as(lead, (trx, context) =>
      enterPlace(trx, context, 1, { kind: 'police-area', name: 'Kent', own: false }),
    )
    const larger = await world.as(lead, (trx, context) =>
      enterPlace(trx, context, 1, { kind: 'police-area', name: 'Surrey', own: false }),
    )
    const day = Temporal.PlainDate.from('2025-05-01')
    await world.as(lead, (trx, context) => addName(trx, context, 1, force, 'Invicta', day))
    await order('force-months', {}, upload('h.csv', ['month,force,crime_type,count', '2025-05,invicta,Robbery,6']))
    await runAll()
    const figures = await held()
    assert.equal(figures.get('Robbery/Kent'), '2025-01=7 2025-02=8 2025-03=9 2025-05=6')
    assert.equal(figures.get('Robbery/Invicta'), undefined)
    await world.as(lead, (trx, context) => mergePlace(trx, context, 1, force, larger, day))
    await order(
      'force-months',
      {},
      upload('i.csv', ['month,force,crime_type,count', '2025-06,kent,Robbery,1', '2025-06,surrey,Robbery,2']),
    )
    await runAll()
    assert.equal((await held()).get('Robbery/Surrey'), '2025-01=1 2025-06=2')
    const breaks = await world.as(lead, async trx => {
      const measure = (await findMeasures(trx, 1)).find(each => each.title.startsWith('Robbery'))
      return (await breaksOf(trx, 1, [measure?.id ?? ''])).get(measure?.id ?? '') ?? []
    })
    assert.deepEqual(breaks.map(({ breakdown, rebases }) => [breakdown, rebases]).sort(), [
      ['Kent', false],
      ['Surrey', true],
    ])
    assert.match(breaks.map(each => each.reason).join(), /Kent became part of Surrey on 1 May 2025/)
  })
})
