import { randomUUIDv7 } from 'node:crypto'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { addArea } from '../../../record/areas.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { type CountryShape, measureTitle } from './country.ts'

/** Whoever holds the measures of an area, at the moment at which everything is done. */
export interface Holder {
  viewer: Viewer
  now: Temporal.Instant
}

/** Makes the areas with an office and its measures each. */
export async function makeAreas(
  { shape, program }: { shape: CountryShape; program: Database },
  progress: (message: string) => void,
): Promise<Holder[]> {
  progress(`Setting up ${String(shape.areas)} areas of ${String(shape.measures)} measures.`)
  const acts: Holder[] = []
  for (let area = 0; area < shape.areas; area++) acts.push(await makeArea(program, shape, area))
  return acts
}

/** Areas are numbered from 1. */
export const areaId = (area: number): number => area + 1

async function makeArea(program: Database, shape: CountryShape, area: number): Promise<Holder> {
  const organisation = { id: randomUUIDv7(), name: 'Bench', kind: 'office' as const }
  const [id, slug] = [areaId(area), `area-${String(area)}`]
  const viewer: Viewer = {
    ...{ userId: 'bench', personId: null, name: 'Bench', organisation, roles: ['policy-lead'] },
    area: { id, slug, name: slug, historical: false },
  }
  const act = { viewer, now: Temporal.Now.instant() }
  await inTransaction(program, { organisation }, async trx => {
    const row = { id, slug, name: slug, kind: 'area', office_title: '', banner: null } as const
    await addArea(trx, { ...row, historical: false, demonstration: false, as_at: null })
    for (let measure = 0; measure < shape.measures; measure++) {
      await setUpMeasure(trx, act, {
        ...{ areaId: id, title: measureTitle(measure), unit: 'count', kind: 'count' },
        ...{ polarity: 'decrease', frequency: 'month', definition: 'Bench', source: 'Bench' },
      })
    }
  })
  return act
}
