import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testNow, testWorld, type TestWorld } from '../../../record/testing.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { fileInMemory } from '../import/csv-file.ts'
import { loadObservations } from '../import/load-observations.ts'
import { performance } from '../index.ts'
import { changeMeasure, setUpMeasure } from '../measures/set-up-measure.ts'
import { findMeasures } from '../queries.ts'
import { readUnread } from './begin-reading.ts'
import { readArea } from './read-area.ts'

const month = (i: number) => Temporal.PlainYearMonth.from('2024-01').add({ months: i }).toString()
/** A quiet series, one with a jump at its end, a small one, and one with a gap. */
const parts: Record<string, (i: number) => string> = {
  '': i => String(50 + ((i * 7) % 5)),
  North: i => (i === 19 ? '90' : String(50 + ((i * 3) % 5))),
  South: i => String(2 + (i % 3)),
  East: i => (i === 8 ? '' : String(70 + ((i * 11) % 7))),
}
const csv = ['measure,period,value,breakdown']
  .concat(
    Object.entries(parts).flatMap(([part, figure]) =>
      Array.from({ length: 20 }, (_, i) => `Robbery,${month(i)},${figure(i)},${part}`),
    ),
  )
  .join('\n')

describe('reading an area again', () => {
  let world: TestWorld
  let lead: Viewer
  before(async () => {
    declareKinds([performance])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    await world.as(lead, async (trx, context) => {
      await setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Robbery', unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
        ...{ definition: 'Robberies.', source: 'The force' },
      })
      const file = fileInMemory('figures.csv', Buffer.from(csv))
      const { series } = await loadObservations(trx, context, file, { areaId: 1, dryRun: false })
      await raiseExceptions(trx, context, 1, series)
    })
  })
  after(() => world.close())

  const held = () =>
    world.as(lead, async trx => ({
      readings: await trx.selectFrom('performance_reading').selectAll().orderBy('series_id').execute(),
      exceptions: await trx.selectFrom('performance_exception').selectAll().orderBy('id').execute(),
    }))

  it('changes nothing where nothing has changed, and reads in full only what may have to be told', async () => {
    const before = await held()
    assert.equal(before.readings.length, 4)
    assert.equal(before.exceptions.length, 1)
    const read = await world.as(lead, (trx, context) => readArea(trx, context, 1))
    assert.deepEqual(read, { series: 4, figures: 60, inFull: 2, raised: 0, changed: 0, lapsed: 0 })
    assert.deepEqual(await held(), before)
  })

  it('reads what is older than its readings at the start, once', async () => {
    const before = await held()
    await world.as(lead, trx => trx.deleteFrom('performance_reading').execute())
    assert.equal(await readUnread(world.database.program, testNow), 1)
    assert.deepEqual((await held()).readings, before.readings)
    assert.equal(await readUnread(world.database.program, testNow), 0)
  })

  it('reads a measure again when its rules are changed', async () => {
    await world.as(lead, async (trx, context) => {
      const [measure] = await findMeasures(trx, 1)
      assert.ok(measure)
      await changeMeasure(trx, context, measure, null, { ...measure, seasonal: true })
      const standings = await trx.selectFrom('performance_reading').select('standing').distinct().execute()
      assert.deepEqual(standings, [{ standing: 'silent' }], 'under 24 months a season cannot be told from a change')
    })
  })

  it('reads nothing of an organisation that holds no measures', async () => {
    const panel = world.viewer(world.panel, 'panel-clerk')
    assert.equal((await world.as(panel, (trx, context) => readArea(trx, context, 1))).series, 0)
  })
})
