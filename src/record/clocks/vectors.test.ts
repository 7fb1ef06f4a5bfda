import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import type { Typed } from '../../platform/commands/command.ts'
import { asJson } from './clock-command.ts'
import { readFacts } from './command-facts.ts'
import { computeClock } from './compute-clock.ts'
import { findRule } from './find-rule.ts'
import { loadCalendars, loadElections, loadRules } from './load-data.ts'

interface Vector {
  rule: string
  from?: string
  year?: string
  members?: number
  length?: number
  leftOut?: string
  paused?: string
  extended?: boolean
  due: string | null
  planBy?: string
  votes?: number
  inForce?: boolean
  lawful?: boolean
  uncertain?: boolean
}

const { vectors } = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] }
const rules = loadRules()
const basis = { calendars: loadCalendars(), elections: loadElections() }

function typedOf(vector: Vector): Typed {
  const options: Record<string, string | boolean> = {}
  for (const name of ['from', 'year', 'paused'] as const) if (vector[name]) options[name] = vector[name]
  for (const name of ['members', 'length'] as const) if (vector[name]) options[name] = String(vector[name])
  if (vector.leftOut) options['left-out'] = vector.leftOut
  if (vector.extended) options['extended'] = true
  return { words: [vector.rule], options }
}

test('there are as many worked examples as were written down', () => {
  assert.ok(vectors.length >= 140, `${vectors.length}`)
})

for (const vector of vectors) {
  const { rule, due, planBy, votes, inForce, lawful, uncertain, ...facts } = vector
  test(`${rule} ${JSON.stringify(facts)} is ${due ?? votes}`, () => {
    const [read] = readFacts(typedOf(vector))
    assert.ok(read)
    const answer = asJson(computeClock(findRule(rules, rule), read, basis))
    const expected = { due, planBy, votes, inForce, lawful, uncertain }
    for (const [name, value] of Object.entries(expected)) {
      if (value !== undefined) assert.equal(Object.entries(answer).find(([key]) => key === name)?.[1], value, name)
    }
  })
}
