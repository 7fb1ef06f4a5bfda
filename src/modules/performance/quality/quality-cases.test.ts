import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { measureRow } from './testing.ts'
import { checkClaim } from './claims/check.ts'
import { type ClaimPart, sortNames } from './claims/claim.ts'
import { readLines } from './claims/lines.ts'
import { contradictionsIn } from './find.ts'
import { subjectsFrom, type WrittenMeasure } from './testing.ts'

/*
 * Fifty-five contradictions, and figures that agree, met in papers of 2014 to 2022: the facts alone, run through the
 * general rules. Those said to agree raise nothing.
 */

interface Cases {
  figures: { cases: string[]; measures: WrittenMeasure[]; expected: [string, string, string][] }[]
  claims: { case: string; sort: string; lines: string[]; expected: string; vintages?: boolean }[]
  /** What no rule over figures can find, with the reason. */
  elsewhere: Record<string, string>
}

const cases = JSON.parse(await readFile(new URL('quality-cases.json', import.meta.url), 'utf8')) as Cases

describe('Contradictions in structured figures', () => {
  for (const { cases: names, measures, expected } of cases.figures) {
    it(`${names.join(', ')}: ${expected.map(([, verdict]) => verdict).join(', ') || 'nothing'}`, () => {
      const found = contradictionsIn(subjectsFrom(measures))
      const titles = new Map(measures.map((measure, i) => [measureRow(i), measure.title]))
      const got = found.map(each => `${each.verdict}: ${titles.get(each.measureId) ?? ''}`).sort()
      const wanted = expected.map(([, verdict, title]) => `${verdict}: ${title}`).sort()
      if (wanted.some(each => each.endsWith('*'))) {
        assert.deepEqual(
          got.map(each => each.split(':')[0]),
          wanted.map(each => each.split(':')[0]),
        )
      } else {
        assert.deepEqual(got, wanted, found.map(each => each.sentence).join('\n'))
      }
    })
  }
})

describe('Claims typed from papers', () => {
  for (const { case: name, sort, lines, expected, vintages } of cases.claims) {
    it(`${name} as ${sort}: ${expected}`, () => {
      const sortName = sortNames.find(each => each === sort)
      assert.ok(sortName)
      const typed = readLines(sortName, lines.join('\n'))
      assert.ok('parts' in typed, 'faults' in typed ? typed.faults.join('\n') : '')
      const parts = typed.parts.map(({ role, line, label, values, text }, i): ClaimPart => {
        const [first, second] = values
        const asAt = vintages === true ? String(i) : null
        const last = second ?? first
        return {
          ...{ role, line, label, text, measureId: null, measure: null, binding: null },
          valued: last === undefined ? null : { ...last, asAt },
          earlier: second === undefined ? null : (first ?? null),
        }
      })
      const checked = checkClaim(sortName, parts)
      assert.equal(checked.verdict, expected, checked.reason)
    })
  }
})

it('every case is found by rule, checked as a claim, or said to be elsewhere', () => {
  const covered = new Set([
    ...cases.figures.flatMap(each => each.cases),
    ...cases.claims.map(each => each.case),
    ...Object.keys(cases.elsewhere),
  ])
  const all = Array.from({ length: 55 }, (_, i) => `q${String(i + 1).padStart(2, '0')}`)
  assert.deepEqual(
    all.filter(name => !covered.has(name)),
    [],
  )
})
