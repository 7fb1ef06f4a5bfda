import { readFigureName } from '../quoted/figure-name.ts'
import { type Binding, type ClaimSort, type RoleWords, rolesOf, type Valued } from './claim.ts'
import { readPrinted } from './printed.ts'

/** A line of a claim as it was typed, before the figures it names are looked up. */
export interface TypedPart {
  role: string
  line: string
  label: string
  bindings: readonly Binding[]
  values: readonly Valued[]
  text: string | null
}

export type ReadLines = { parts: TypedPart[] } | { faults: string[] }

/** Reads the lines of a claim, one part each; every line that cannot be read is a fault with its number. */
export function readLines(sort: ClaimSort, typed: string): ReadLines {
  const roles = rolesOf(sort)
  const parts: TypedPart[] = []
  const faults: string[] = []
  for (const [i, line] of typed.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const part = readLine(roles, line.trim())
    if (typeof part === 'string') faults.push(`Line ${String(i + 1)}: ${part}`)
    else parts.push(part)
  }
  faults.push(...countFaults(roles, parts))
  return faults.length > 0 ? { faults } : { parts }
}

/** One line of a claim of this sort, or what is wrong with it. */
export function readPart(sort: ClaimSort, line: string): TypedPart | string {
  return readLine(rolesOf(sort), line.trim())
}

function readLine(roles: readonly RoleWords[], line: string): TypedPart | string {
  const match = /^([a-z-]+)\s*:\s*(.*)$/i.exec(line)
  const named = roles.find(each => each.role === match?.[1]?.toLowerCase())
  if (match === null || named === undefined) {
    return `begin with one of ${roles.map(each => `“${each.role}:”`).join(', ')}.`
  }
  const content = match[2] ?? ''
  if (named.takes === 'text') {
    if (content === '') return `write something after “${named.role}:”.`
    return { role: named.role, line, label: '', bindings: [], values: [], text: content }
  }
  const at = content.lastIndexOf(';')
  const label = at === -1 ? '' : content.slice(at + 1).trim()
  const said = (at === -1 ? content : content.slice(0, at)).trim()
  const read = named.takes === 'pair' ? readPair(said) : readOne(said)
  return typeof read === 'string' ? read : { role: named.role, line, label, text: null, ...read }
}

type Read = { bindings: Binding[]; values: Valued[] } | string

const likeThis = 'write a number as it is printed (£11.7m, 13.6%), or a figure like M-2018-03 "North" 2017/18 Q1.'

function readOne(said: string): Read {
  const binding = readFigureName(said)
  if (binding !== null) return { bindings: [binding], values: [] }
  const value = readPrinted(said)
  return value === null ? likeThis : { bindings: [], values: [value] }
}

function readPair(said: string): Read {
  const [first = '', second = '', ...more] = said.split(/\s+to\s+/)
  if (second === '' || more.length > 0) return 'write two values with “to” between them: 15.3% to 22.2%.'
  const from = readFigureName(first)
  if (from !== null) {
    // The second period may carry the source, which then is that of both.
    const [, period = '', source = from.source] = /^(.+?)(?:\s+from\s+"([^"]*)")?$/.exec(second) ?? []
    return {
      bindings: [
        { ...from, source },
        { ...from, period, source },
      ],
      values: [],
    }
  }
  const values = [readPrinted(first), readPrinted(second)].filter(each => each !== null)
  return values.length < 2 ? likeThis : { bindings: [], values }
}

function countFaults(roles: readonly RoleWords[], parts: readonly TypedPart[]): string[] {
  return roles.flatMap(({ role, least, most, hint }) => {
    const found = parts.filter(part => part.role === role).length
    if (found < least) return [`Add ${least === 1 ? 'a line' : `${String(least)} lines`} “${role}:” with ${hint}.`]
    return found > most ? [`There may be ${most === 1 ? 'one line' : `${String(most)} lines`} “${role}:” at most.`] : []
  })
}
