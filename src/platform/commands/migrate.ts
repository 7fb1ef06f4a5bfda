import { withOwner } from '../database/open.ts'
import { migrate } from '../database/migrate.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database to the structure of this version',
  usage: [
    'npx peelian migrate',
    '',
    'With DATABASE_URL it needs DATABASE_OWNER_URL, the login peelian_owner.',
    'The embedded database is also brought up to date by every start.',
  ],
  words: [0, 0],
  async run({ configuration, output }) {
    const applied = await withOwner(configuration(), url => migrate(url))
    output.result({ applied }, () =>
      applied.length === 0 ? 'The database is up to date.' : applied.map(name => `Applied ${name}`),
    )
  },
}
