import { parseArgs } from 'node:util'
import { readConfiguration } from '../configuration.ts'
import { Fault, UsageFault } from '../fault.ts'
import type { Command, CommandContext, Output, Typed } from './command.ts'

/** Where text goes; the process's own streams, or a test's. */
export interface Streams {
  out(text: string): void
  err(text: string): void
  /** Width of the terminal that `err` is; left out where it is none. */
  columns?: number
}

/** Options that every command has. */
const shared = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

/** The command whose name the words begin with; the longest name wins (`import performance` over `import`). */
function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  return commands
    .filter(({ name }) => name.split(' ').every((word, position) => words[position] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]
}

/** The list of commands, for `help`. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'Peelian: software with which policing is held to account.',
    '',
    'npx peelian COMMAND [--json]',
    '',
    ...lines,
    '',
    '"npx peelian help COMMAND" says how a command is typed.',
    '',
  ].join('\n')
}

function usageOf(command: Command): string {
  return [`${command.name}: ${command.summary}`, '', ...command.usage.map(line => `  ${line}`), ''].join('\n')
}

/** Reads what was typed after the command's name. */
function readTyped(command: Command, args: readonly string[]): Typed {
  const seeHelp = `See "npx peelian help ${command.name}".`
  try {
    const options = { ...shared, ...command.options }
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const [least, most] = command.words
    const count = parsed.positionals.length
    if (parsed.values['help'] !== true && (count < least || count > most)) {
      throw new UsageFault(`${command.name} takes ${wordCount(least, most)}, and ${count} were given. ${seeHelp}`)
    }
    return { words: parsed.positionals, options: parsed.values }
  } catch (fault) {
    if (fault instanceof Fault) throw fault
    const reason = fault instanceof Error ? fault.message.split('. ')[0] : String(fault)
    throw new UsageFault(`${reason}. ${seeHelp}`)
  }
}

function wordCount(least: number, most: number): string {
  if (most === 0) return 'no words after its name'
  return least === most ? `${least} word${least === 1 ? '' : 's'} after its name` : `${least} to ${most} words`
}

function outputTo(streams: Streams, asJson: boolean): Output {
  return {
    result(value, people) {
      if (asJson) streams.out(`${JSON.stringify(value, null, 2)}\n`)
      else streams.out(`${[people()].flat().join('\n')}\n`)
    },
    progress: message => streams.err(`${message}\n`),
    ...(streams.columns !== undefined && { redraw: drawnOver(streams, streams.columns) }),
  }
}

/** Carriage return, then clear to the end of the line (ECMA-48, EL). */
function drawnOver(streams: Streams, columns: number): (line: string) => void {
  return line => streams.err(`\r\u001b[K${line.slice(0, columns - 1)}`)
}

/** The words before the first option: where a command's name stands. */
function leadingWords(args: readonly string[]): readonly string[] {
  const end = args.findIndex(arg => arg.startsWith('-'))
  return end === -1 ? args : args.slice(0, end)
}

function help(commands: readonly Command[], words: readonly string[], streams: Streams): number {
  if (words.length === 0) {
    streams.out(overview(commands))
    return 0
  }
  const matching = commands.filter(({ name }) => name === words.join(' ') || name.startsWith(`${words.join(' ')} `))
  if (matching.length === 0) throw unknown(words)
  for (const command of matching) streams.out(usageOf(command))
  return 0
}

function unknown(words: readonly string[]): UsageFault {
  return new UsageFault(`There is no command "${words.join(' ')}". "npx peelian help" lists them.`)
}

/** As shells count a command that was ended by the keyboard. */
export const interrupted = 130

/** Rejects when the process is asked to stop. What the command has not committed is rolled back with its connection. */
function cutShort(stopped: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new Fault('Stopped before it was done.', interrupted))
    if (stopped.aborted) stop()
    else stopped.addEventListener('abort', stop, { once: true })
  })
}

async function dispatch(
  commands: readonly Command[],
  args: readonly string[],
  streams: Streams,
  stopped: AbortSignal,
): Promise<number> {
  const words = leadingWords(args)
  if (words[0] === 'help' || words.length === 0) {
    const wanted = words.slice(1)
    if (words.length === 0 && args.some(arg => arg !== '--help' && arg !== '-h')) throw unknown(args)
    return help(commands, wanted, streams)
  }
  const command = findCommand(commands, words)
  if (!command) throw unknown(words)
  const typed = readTyped(command, args.slice(command.name.split(' ').length))
  if (typed.options['help'] === true) return help(commands, command.name.split(' '), streams)
  const output = outputTo(streams, typed.options['json'] === true)
  const context: CommandContext = { typed, output, configuration: () => readConfiguration(), stopped }
  if (command.endsWhenStopped === true) return (await command.run(context)) ?? 0
  return (await Promise.race([command.run(context), cutShort(stopped)])) ?? 0
}

/**
 * Runs one command.
 *
 * @param args what was typed after `peelian`
 * @returns the exit code: 0, what the command gave, 1 for a fault, 2 for a command typed wrongly, 130 if cut short
 */
export async function runCommand(
  commands: readonly Command[],
  args: readonly string[],
  streams: Streams,
  stopped: AbortSignal,
): Promise<number> {
  try {
    return await dispatch(commands, args, streams, stopped)
  } catch (fault) {
    if (fault instanceof Fault) {
      streams.err(`${fault.message}\n`)
      return fault.exitCode
    }
    streams.err(`Something went wrong that Peelian does not know how to explain:\n`)
    streams.err(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`)
    return 1
  }
}
