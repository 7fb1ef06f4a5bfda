import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../data/areas')

/**
 * One file of the sample areas' data, in the shape that facts.ts gives it.
 *
 * @param file below `data/areas`: `ardenshire/plan.json`
 */
export async function readFacts<Facts>(file: string): Promise<Facts> {
  return JSON.parse(await readText(file)) as Facts
}

export async function readText(file: string): Promise<string> {
  return readFile(join(folder, file), 'utf8')
}
