import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../platform/database/tables.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import { Fault } from '../platform/fault.ts'
import type { Services } from '../platform/services.ts'
import { londonDate } from '../platform/time.ts'
import { listAreas } from '../record/areas.ts'
import '../modules.ts'
import { exampleFigures, exampleFileName } from './example-figures.ts'
import { loadPapers } from './historical/load.ts'
import { historicalAreas } from './historical/world.ts'
import { loadArdenshire } from './invented/load.ts'

/** Areas that are loaded together or not at all, since they speak of one another. */
interface SampleSet {
  areas: readonly string[]
  load: (db: Database, now: Temporal.Instant, firstAreaId: number) => Promise<void>
}

const sets: readonly SampleSet[] = [
  { areas: historicalAreas, load: loadPapers },
  { areas: ['ardenshire'], load: loadArdenshire },
]

/** Every sample area by the word in its address. */
export const sampleAreas: readonly string[] = sets.flatMap(({ areas }) => areas)

/** What a database is loaded from: a part of what the program runs on. */
export type SampleServices = Pick<Services, 'program' | 'now' | 'log'> & {
  configuration: Pick<Services['configuration'], 'dataDirectory'>
}

/**
 * Loads the sample areas that are not there yet, and writes the file of figures that a newcomer loads first. Called at
 * the first start; a start that was killed in the middle is finished by the next, since each set is loaded whole.
 */
export async function loadSamples({ program, now, log, configuration }: SampleServices): Promise<void> {
  const there = await areasThere(program)
  const moment = now()
  const missing = sets.filter(({ areas }) => !areas.some(area => there.has(area)))
  await loadSets(program, missing, there, moment)
  await mkdir(configuration.dataDirectory, { recursive: true })
  const file = join(configuration.dataDirectory, exampleFileName)
  await writeFile(file, await exampleFigures(londonDate(moment)))
  log(`Figures to load into Ardenshire are in ${file}`)
}

/**
 * Loads chosen sample areas, and those they speak of.
 *
 * @param wanted words of areas; all of them where none is named
 * @returns the areas that were loaded
 * @throws Fault for an area that is no sample area, or one that is there already
 */
export async function loadChosen(db: Database, wanted: readonly string[], now: Temporal.Instant): Promise<string[]> {
  const unknown = wanted.find(area => !sampleAreas.includes(area))
  if (unknown !== undefined) {
    throw new Fault(`There is no sample area "${unknown}". The sample areas are ${sampleAreas.join(', ')}.`)
  }
  const chosen = sets.filter(({ areas }) => wanted.length === 0 || areas.some(area => wanted.includes(area)))
  const there = await areasThere(db)
  const present = chosen.flatMap(({ areas }) => areas).filter(area => there.has(area))
  if (present.length > 0) throw new Fault(`Already there: ${present.join(', ')}. Nothing was loaded.`)
  await loadSets(db, chosen, there, now)
  return chosen.flatMap(({ areas }) => areas)
}

/** Sets are loaded side by side: what one waits for from the database is time for the other. */
async function loadSets(
  db: Database,
  chosen: readonly SampleSet[],
  there: ReadonlyMap<string, number>,
  now: Temporal.Instant,
): Promise<void> {
  let free = Math.max(0, ...there.values()) + 1
  const loads = chosen.map(set => {
    const first = free
    free += set.areas.length
    return set.load(db, now, first)
  })
  const results = await Promise.allSettled(loads)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** The areas that are in the database, with their numbers. */
async function areasThere(db: Database): Promise<Map<string, number>> {
  const areas = await inTransaction(db, null, trx => listAreas(trx))
  return new Map(areas.map(({ slug, id }) => [slug, id]))
}
