import { monthOf } from './moments.ts'
import { readText } from './read-facts.ts'

/** The file of figures that a newcomer loads first. */
export const exampleFileName = 'example-figures.csv'

/** Its text, with the months that come after those already loaded into Ardenshire today. */
export async function exampleFigures(today: Temporal.PlainDate): Promise<string> {
  const template = await readText(`ardenshire/${exampleFileName}`)
  return template.replaceAll(/\{month(-\d+)\}/g, (_, month: string) => monthOf(Number(month), today).toString())
}
