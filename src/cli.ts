import './modules.ts'
import { benchCommand } from './bench/command.ts'
import { serveCommand } from './main.ts'
import { addAreaCommand } from './modules/organisations/area-command.ts'
import { analyseCommand } from './modules/performance/analyse-command.ts'
import { importPerformanceCommand } from './modules/performance/import-command.ts'
import { qualityCommand } from './modules/performance/quality/quality-command.ts'
import { importOpenDataCommand } from './modules/performance/open-data/open-data-command.ts'
import { userCommands } from './platform/access/user-command.ts'
import { backupCommand, restoreCommand } from './platform/commands/archive.ts'
import type { Command } from './platform/commands/command.ts'
import { migrateCommand } from './platform/commands/migrate.ts'
import { interrupted, runCommand } from './platform/commands/run.ts'
import { leaveEmbeddedServers } from './platform/database/server.ts'
import { calendarCommands } from './record/clock-pages/calendar-command.ts'
import { clockCommand } from './record/clocks/clock-command.ts'
import { verifyCommand } from './record/verify-command.ts'
import { sampleCommand, sampleFiguresCommand } from './sample/command.ts'

/** Every command, in the order of `npx peelian help`. */
const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  addAreaCommand,
  ...userCommands,
  sampleCommand,
  sampleFiguresCommand,
  importPerformanceCommand,
  importOpenDataCommand,
  qualityCommand,
  analyseCommand,
  clockCommand,
  ...calendarCommands,
  verifyCommand,
  backupCommand,
  restoreCommand,
  benchCommand,
]

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

const streams = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
  ...(process.stderr.isTTY && { columns: process.stderr.columns }),
}
const code = await runCommand(commands, process.argv.slice(2), streams, stopSignal())
process.exitCode = code
// A command that was cut short still holds connections, and perhaps the embedded server.
if (code === interrupted) await leaveEmbeddedServers().finally(() => process.exit(code))
// The channel to the launcher would keep the process alive.
if (process.connected) process.disconnect?.()
