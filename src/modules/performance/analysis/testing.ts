import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

interface Vector {
  id: string
}

const file = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] }

/** A worked example by its id, for tests, which say what it holds. */
export function vector<Expected, Input = unknown>(id: string): { expected: Expected; input: Input } {
  const found = file.vectors.find(each => each.id === id)
  assert.ok(found, id)
  return found as Vector & { expected: Expected; input: Input }
}

/** Fails unless two numbers are the same to so much: worked examples are rounded to six decimals. */
export function near(actual: number | null | undefined, expected: number, what = '', by = 1e-6): void {
  const close = actual != null && Math.abs(actual - expected) <= by
  assert.ok(close, `${what}: ${String(actual)} instead of ${String(expected)}`)
}
