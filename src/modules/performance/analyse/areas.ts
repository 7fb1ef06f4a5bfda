import type { Output } from '../../../platform/commands/command.ts'
import { table } from '../../../platform/commands/table.ts'
import { Fault } from '../../../platform/fault.ts'
import { funnel } from '../analysis/funnel.ts'
import { inDigits, readColumns } from './read-columns.ts'

/** `analyse funnel`: areas at one time beside what chance gives areas of their size. Areas without a figure are left out. */
export async function analyseAreas(path: string, per: number, output: Output): Promise<void> {
  const { names, figures } = await readColumns(path, 'area', ['events', 'population'])
  const { events, population } = figures
  const areas = names.flatMap((area, i) => {
    const each = { area, events: events[i] ?? Number.NaN, population: population[i] ?? Number.NaN }
    if (each.events < 0) throw new Fault(`Line ${String(i + 2)}: ${String(each.events)} events are fewer than none.`)
    if (each.population <= 0) throw new Fault(`Line ${String(i + 2)}: a population is above 0.`)
    return Number.isNaN(each.events + each.population) ? [] : [each]
  })
  const { centre, phi, points } = funnel(areas, per)
  const rows = points.map(({ limits95, limits998, ...point }) => ({
    ...point,
    ...{ lower95: limits95.lower, upper95: limits95.upper, lower998: limits998.lower, upper998: limits998.upper },
  }))
  output.result({ centre: areas.length === 0 ? null : centre, phi, areas: rows }, () => [
    `${String(rows.length)} areas, ${inDigits(centre)} per ${per.toLocaleString('en-GB')} in all of them together`,
    phi === null
      ? 'Overdispersion is not estimated, or there is none.'
      : `Areas differ ${inDigits(phi)} times as much as chance explains (phi): compare the z that is adjusted for it.`,
    '',
    ...table(
      ['area', 'rate', 'lower 99.8%', 'upper 99.8%', 'outside', 'z', 'z adjusted'],
      rows.map(row => [
        ...[row.area, inDigits(row.rate), inDigits(row.lower998), inDigits(row.upper998)],
        ...[row.outside998 ? '99.8%' : row.outside95 ? '95%' : '', row.z.toFixed(2), row.zAdjusted?.toFixed(2) ?? '-'],
      ]),
    ),
  ])
}
