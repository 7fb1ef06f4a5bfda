import type { ParseArgsConfig } from 'node:util'
import type { Configuration } from '../configuration.ts'

/** What was typed after a command's name. */
export interface Typed {
  /** Words that are no options, in order. */
  words: readonly string[]
  /** Options by name: text, several texts, or true for one without a value. */
  options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
}

/** Where a command says things: results on stdout, everything else on stderr. */
export interface Output {
  /** Prints a result: with `--json` the value as JSON, else the lines for people. */
  result: (value: unknown, people: () => string | readonly string[]) => void
  /** Tells whoever watches how far it is; never on stdout. */
  progress: (message: string) => void
  /** On a terminal only: draws a line over the one drawn before; '' takes it away. */
  redraw?: (line: string) => void
}

export interface CommandContext {
  typed: Typed
  output: Output
  /** Read and checked when a command asks for it, so that `help` works with wrong settings. */
  configuration: () => Configuration
  /** Aborted when the process is asked to stop (SIGINT, SIGTERM, or the launcher gone). */
  stopped: AbortSignal
}

/** One thing an operator or analyst can do without a browser. `--json` is understood by every command. */
export interface Command {
  /** As typed: `migrate`, `import performance`. */
  name: string
  /** One line for the list. */
  summary: string
  /** How it is typed and what the options mean; one line each. */
  usage: readonly string[]
  options?: NonNullable<ParseArgsConfig['options']>
  /** Fewest and most words that are no options. */
  words: readonly [least: number, most: number]
  /** True for a command that ends by itself, in good order, once `stopped` is aborted; others are cut short. */
  endsWhenStopped?: boolean
  /** @returns the exit code, 0 unless given */
  run(context: CommandContext): Promise<number | void>
}
