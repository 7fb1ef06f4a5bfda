import type { FastifyRequest } from 'fastify'

/** The parts of an address that its pattern names. */
export function paramsOf(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(pairs(request.params))
}

/** The query of an address; of a repeated field the last, without zero characters. */
export function queryOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(pairs(request.query))
}

function pairs(values: unknown): [string, string][] {
  if (typeof values !== 'object' || values === null) return []
  return Object.entries(values).map(([name, value]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    return [name, typeof last === 'string' ? last.replaceAll('\u0000', '') : '']
  })
}
