import type { Command } from '../platform/commands/command.ts'
import { openDatabase } from '../platform/database/open.ts'
import { londonDate } from '../platform/time.ts'
import { exampleFigures } from './example-figures.ts'

/** `peelian sample`: loads the sample areas into a database that has none. */
export const sampleCommand: Command = {
  name: 'sample',
  summary: 'load the sample areas',
  usage: [
    'npx peelian sample [AREA…]',
    '',
    'AREA is ardenshire, or one of warwickshire, west-mercia and warwickshire-and-west-mercia, which are loaded',
    'together because their papers speak of one another. Without AREA all are loaded.',
    'An area that is there already is refused, and nothing is loaded.',
    'The sample users of Ardenshire can be signed in as only where the server runs as a demonstration (DEMO=1).',
  ],
  words: [0, 4],
  async run({ typed, configuration, output }) {
    const { loadChosen } = await import('./index.ts')
    const database = await openDatabase(configuration())
    try {
      const areas = await loadChosen(database.program, typed.words, Temporal.Now.instant())
      output.result({ areas }, () => `Loaded ${areas.join(', ')}.`)
    } finally {
      await database.close()
    }
  },
}

/** `peelian sample figures`: the file of figures that a newcomer loads first. */
export const sampleFiguresCommand: Command = {
  name: 'sample figures',
  summary: 'print a file of figures to load into Ardenshire',
  usage: [
    'npx peelian sample figures > FILE.csv',
    '',
    'Figures of the last whole month and a correction of the month before. Recorded crime goes beyond its usual range.',
  ],
  words: [0, 0],
  async run({ output }) {
    const csv = await exampleFigures(londonDate(Temporal.Now.instant()))
    output.result({ csv }, () => csv.trimEnd())
  },
}
