import { randomInt } from 'node:crypto'
import { Refusal, StaleRecord } from '../refusals.ts'

/** A page that says what went wrong and what to do. */
export interface Problem {
  view: string
  status: number
  model: object
}

const problem = (name: string, status: number, model: object = {}): Problem => ({
  view: `platform/web/views/problems/${name}.njk`,
  status,
  model,
})

export const notFoundProblem = problem('not-found', 404)
export const forbiddenProblem = problem('forbidden', 403)
export const goneProblem = (model: object): Problem => problem('gone', 410, model)

/** A form that did not come from a page of this site, or from one that was open too long. */
export class ForeignForm extends Error {}

/** An address whose query cannot be read. */
export class UnreadableDate extends Error {}

/**
 * What a fault that reached the platform is answered with. Anything unforeseen is logged under a reference.
 *
 * @param route method and pattern of the address, never the address itself
 * @param log writes one line
 */
export function problemOf(error: unknown, route: string, log: (line: string) => void): Problem {
  if (error instanceof Refusal) return problem('refused', 422, { reasons: error.reasons })
  if (error instanceof StaleRecord) return problem('changed', 409)
  if (error instanceof ForeignForm) return problem('foreign-form', 403)
  if (error instanceof UnreadableDate) return problem('as-of', 400)
  const status = statusOf(error)
  if (status === 429) return problem('too-many', 429)
  if (status === 413) return problem('too-large', 413)
  if (status >= 400 && status < 500) return problem('not-understood', status)
  const reference = newReference()
  log(`A request failed: ${JSON.stringify({ reference, route, ...withoutPersonalData(error) })}`)
  return problem('fault', 500, { reference })
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : 500
}

/** Eight characters that can be read out on the telephone. */
function newReference(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const pick = (): string => letters.charAt(randomInt(letters.length))
  return `${Array.from({ length: 4 }, pick).join('')}-${Array.from({ length: 4 }, pick).join('')}`
}

/** Messages of the database repeat the values they are about, so only their code and names are kept. */
function withoutPersonalData(error: unknown): object {
  if (!(error instanceof Error)) return { fault: 'something that is not an Error was thrown' }
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const fromDatabase = code !== undefined && /^[0-9A-Z]{5}$/.test(code)
  const named = {
    table: 'table' in error ? error.table : undefined,
    constraint: 'constraint' in error ? error.constraint : undefined,
  }
  return { fault: error.name, code, ...(fromDatabase ? named : { message: shortened(error.message) }), frames }
}

/** A fault in a template repeats its place once for every template round it: what happened stands at the end. */
const shortened = (message: string): string => (message.length > 500 ? `… ${message.slice(-500)}` : message)
