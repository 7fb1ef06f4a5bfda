import { serveCommand } from './main.ts'
import { backupCommand, restoreCommand } from './platform/commands/archive.ts'
import type { Command } from './platform/commands/command.ts'
import { migrateCommand } from './platform/commands/migrate.ts'
import { runCommand } from './platform/commands/run.ts'

/** Every command, in the order of `npx peelian help`. */
const commands: readonly Command[] = [serveCommand, migrateCommand, backupCommand, restoreCommand]

/**
 * Asks the running command to end at the first signal, or when the launcher is gone (its channel closes, even after
 * `kill -9`), so that nothing stays in the way of the next start.
 */
function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  process.on('disconnect', () => stopping.abort())
  return stopping.signal
}

const streams = { out: (text: string) => process.stdout.write(text), err: (text: string) => process.stderr.write(text) }
process.exitCode = await runCommand(commands, process.argv.slice(2), streams, stopSignal())
// The channel to the launcher would keep the process alive.
if (process.connected) process.disconnect?.()
