import type { Trx } from '../../../platform/database/tables.ts'
import { findRecords } from '../../../record/records.ts'
import { findMeasures } from '../queries.ts'

/**
 * Why something that prints figures of these measures may not be published: a figure is public only once its measure
 * is, and counts of people that are partly hidden are shown by the measure alone, which knows which.
 */
export async function figureObstacles(trx: Trx, areaId: number, measureIds: readonly string[]): Promise<string[]> {
  const heads = await findRecords(trx, areaId, measureIds)
  const measures = await findMeasures(trx, areaId, measureIds)
  const unpublished = heads.filter(each => each.publication !== 'published').map(each => each.title)
  const hiding = measures.filter(each => each.disclosure !== null).map(each => each.title)
  return [
    ...unpublished.map(title => `Publish the measure “${title}” first: its figures are shown here.`),
    ...hiding.map(title => `“${title}” hides small counts of people, and this could tell of them.`),
  ]
}
