import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Found } from './conventions.ts'

/** Pages of documentation, but for those that write themselves. */
async function pagesUnder(root: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const pattern of ['*.md', 'docs/**/*.md', 'src/modules/*/README.md']) {
    for await (const file of glob(pattern, { cwd: root })) {
      if (file.startsWith('docs/generated/')) continue
      pages.set(file, await readFile(join(root, file), 'utf8'))
    }
  }
  return new Map([...pages].sort(([a], [b]) => a.localeCompare(b)))
}

/** What a text shows as code: the lines of its blocks, and its words between backticks. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([^]*?)^```/gm)].flatMap(match => (match[1] ?? '').split('\n'))
  const words = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(match => match[1] ?? '')
  return [...blocks, ...words]
}

/** A command of ours somewhere in a line: its name and options, up to a pipe, a redirection or a comment. */
const typed = /(?:^|\s)npx peelian ([^|>#"]+)/

/**
 * Every command that the documentation names is one, with the options it names.
 *
 * @param usage of each command by its name, as `npx peelian help` prints it
 */
export async function checkCommands(root: string, usage: ReadonlyMap<string, string>): Promise<Found> {
  const found: Found = { read: 0, breaches: [] }
  for (const [file, text] of await pagesUnder(root)) {
    for (const line of codeIn(text)) {
      const said = typed.exec(line)?.[1]?.trim()
      if (said === undefined || /^(COMMAND|help)\b/.test(said)) continue
      found.read += 1
      const fault = commandFault(said, usage)
      if (fault !== null) found.breaches.push(`${file}: ${fault}`)
    }
  }
  return found
}

function commandFault(said: string, usage: ReadonlyMap<string, string>): string | null {
  const words = said.split(/\s+/)
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find(each => usage.has(each))
  if (name === undefined) return `there is no command "${said}"`
  const known = usage.get(name) ?? ''
  const options = words.filter(word => word.startsWith('--')).map(word => word.split('=')[0] ?? '')
  const unknown = options.filter(option => option !== '--json' && !known.includes(option))
  return unknown.length === 0 ? null : `${name} has no ${unknown.join(', ')}`
}

/** Every script of npm that the documentation names is in package.json. */
export async function checkScripts(root: string): Promise<Found> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const found: Found = { read: 0, breaches: [] }
  for (const [file, text] of await pagesUnder(root)) {
    for (const line of codeIn(text)) {
      const name = /(?:^|\s)npm (start|test|run ([a-z-]+))/.exec(line)
      if (name === null) continue
      found.read += 1
      const script = name[2] ?? name[1] ?? ''
      if (!(script in scripts)) found.breaches.push(`${file}: npm has no script "${script}"`)
    }
  }
  return found
}

/** Every file of the project that the documentation names by its path is there. */
export async function checkPaths(root: string): Promise<Found> {
  const found: Found = { read: 0, breaches: [] }
  for (const [file, text] of await pagesUnder(root)) {
    for (const word of codeIn(text)) {
      const path = /^(?:src|data|docs|tests|migrations|bin)\/[\w./-]+$/.exec(word)?.[0]
      // What a page tells its reader to make is not there yet; such pages say so with "new".
      if (path === undefined || text.includes(`new \`${path}\``)) continue
      found.read += 1
      if (!existsSync(join(root, path))) found.breaches.push(`${file}: ${path}`)
    }
  }
  return found
}

/** Settings by name: those a file of code reads, or those a page of documentation has a row for. */
export const settingsRead = (code: string): string[] => named(code, /'([A-Z]+(?:_[A-Z]+)*)'/g)
export const settingsListed = (page: string): string[] => named(page, /^\| `([A-Z_]+)`/gm)

function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))].sort()
}
