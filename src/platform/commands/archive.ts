import { resolve } from 'node:path'
import type { Archived } from '../archive/backup.ts'
import { withOwner } from '../database/open.ts'
import { migrate } from '../database/migrate.ts'
import { Fault } from '../fault.ts'
import type { Command } from './command.ts'

function sentence(what: string, file: string, { tables, rows }: Archived): string {
  return `${what} ${rows.toLocaleString('en-GB')} rows of ${tables} tables ${file}`
}

export const backupCommand: Command = {
  name: 'backup',
  summary: 'write everything the database holds into one file',
  usage: [
    'npx peelian backup FILE',
    '',
    'FILE must not exist. The server may run meanwhile; the file holds one moment.',
    'It holds everything, unpublished and personal data included: keep it as you keep the database.',
    'With DATABASE_URL it needs DATABASE_OWNER_URL.',
  ],
  words: [1, 1],
  async run({ typed, configuration, output }) {
    const { writeBackup } = await import('../archive/backup.ts')
    const file = resolve(typed.words[0] ?? '')
    const archived = await withOwner(configuration(), url => writeBackup(url, file, Temporal.Now.instant()))
    output.result({ file, ...archived }, () => sentence('Wrote', `to ${file}`, archived))
  },
}

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'load such a file into an empty database, all of it or nothing',
  usage: [
    'npx peelian restore FILE',
    '',
    'The database must be new: set DATA_DIR to a new folder, or the DATABASE settings to a new database.',
    'The server must not run meanwhile. With DATABASE_URL it needs DATABASE_OWNER_URL.',
  ],
  words: [1, 1],
  async run({ typed, configuration, output }) {
    const { restoreBackup } = await import('../archive/restore.ts')
    const file = resolve(typed.words[0] ?? '')
    const restored = await withOwner(configuration(), async (url, embedded) => {
      if (embedded && !(await embedded.claimServing())) {
        throw new Fault('Peelian is running on this DATA_DIR. Stop it, or set DATA_DIR to a new folder.')
      }
      await migrate(url)
      return restoreBackup(url, file)
    })
    output.result({ file, ...restored }, () => sentence('Restored', `from ${file}`, restored))
  },
}
