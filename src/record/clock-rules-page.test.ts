import assert from 'node:assert/strict'
import test from 'node:test'
import { createTemplates } from '../platform/web/templates.ts'
import { clockRules } from './clock-basis.ts'
import { clockPages } from './clock-rules-page.ts'
import { testSite } from './testing.ts'

const templates = createTemplates()

function ask(path: string, query: Record<string, string> = {}) {
  const found = clockPages.find(each => each.path === path)
  assert.ok(found)
  return found.answer(query)
}

function html(query: Record<string, string> = {}, status = 200): string {
  const answer = ask('/clocks', query)
  assert.ok(answer.type === 'page')
  assert.equal(answer.status, status)
  return templates.render(answer.view, answer.model, testSite('public'))
}

const text = (query: Record<string, string>, status?: number) =>
  html(query, status)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

function data(query: Record<string, string>, status = 200): Record<string, unknown>[] {
  const answer = ask('/clocks.json', query)
  assert.ok(answer.type === 'content')
  assert.equal(answer.status, status)
  const read: unknown = JSON.parse(answer.body.toString())
  return (Array.isArray(read) ? read : [read]) as Record<string, unknown>[]
}

test('every rule is listed once, with its law and how well that is known', () => {
  const page = html()
  for (const id of clockRules().keys()) assert.equal(page.split(`id="${id}"`).length, 2, id)
  assert.match(page, /legislation\.gov\.uk\/ukpga\/2000\/36\/section\/10"/)
  const words = text({})
  assert.match(words, /Not checked against the law: check before relying on it/)
  assert.match(words, /Law from 31 May 2021/)
  assert.match(words, /in Wales alone/)
  assert.match(words, /Not known to be in force/)
  assert.equal(data({}).length, clockRules().size)
})

test('one is worked out from the address alone, with its working', () => {
  const words = text({ rule: 'FOI-20', from: '2026-05-22' })
  assert.match(words, /Answer an information request \(FOI-20\) 23 June 2026/)
  assert.match(words, /15 June 2026: .*\(Scotland\)/)
  assert.match(words, /13 June 2026 to 14 June 2026: a weekend/)
  const [answer] = data({ rule: 'FOI-20', from: '2026-05-22' })
  assert.deepEqual([answer?.['due'], answer?.['lawful'], answer?.['uncertain']], ['2026-06-23', true, false])
})

test('years, members, pauses, extensions and several dates are asked for as the command asks for them', () => {
  assert.match(text({ rule: 'R3', year: '2026' }), /1 February 2026 .*plan by Friday 30 January 2026/)
  assert.match(text({ rule: 'VETO', members: '13' }), /9 votes/)
  assert.match(text({ rule: 'BREACH-72H', from: '2026-03-27T10:00' }), /30 March 2026 at 11:00/)
  assert.equal(data({ rule: 'SAR-1M', from: '2025-09-03', extended: 'yes' })[0]?.['due'], '2025-12-03')
  const paused = '2026-03-12..2026-03-14, 2026-03-16..2026-03-26'
  const stretch = { from: '2026-03-10', paused, 'left-out': '2026-03-30..2026-03-30' }
  assert.equal(data({ rule: 'SAR-PAUSE', ...stretch })[0]?.['due'], '2026-04-23')
  assert.equal(data({ rule: 'CORR-ACK', from: '2026-03-10', length: '1' })[0]?.['due'], '2026-03-11')
  assert.equal(data({ rule: 'BGPAPERS', from: '2014-09-26', area: 'wales' })[0]?.['due'], '2020-09-25')
  const several = { rule: 'AGENDA-E', from: '2014-09-26, 2016-10-05' }
  assert.deepEqual(
    data(several).map(each => each['due']),
    ['2014-09-18', '2016-09-27'],
  )
  assert.match(text({ rule: 'ACCOUNTS', year: '2027' }), /31 January 2027 [\s\S]*30 November 2027/)
})

const faults: readonly [query: Record<string, string>, words: RegExp, field: string][] = [
  [{ rule: 'FOI20', from: '2026-05-22' }, /Did you mean FOI-20\? The list below has them all/, 'rule'],
  [{ rule: 'FOI-20' }, /FOI-20 needs a date/, 'from'],
  [{ rule: 'FOI-20', from: '2026-02-29' }, /that month ends on 28 February 2026/, 'from'],
  [{ rule: 'R3', year: 'soon' }, /soon is not a year/, 'year'],
  [{ rule: 'SAR-PAUSE', from: '2026-03-10', paused: '2026-03-26..2026-03-16' }, /before it starts/, 'paused'],
  [{ rule: 'HEAR-CC', from: '2024-04-25', 'left-out': 'May' }, /no stretch of days/, 'left-out'],
  [{ rule: 'VETO', members: '<b>' }, /not a whole number/, 'members'],
]
for (const [query, words, field] of faults) {
  test(`${JSON.stringify(query)} is answered by the field, with what was typed kept`, () => {
    const page = html(query, 422)
    assert.match(page.replaceAll('&#39;', "'"), words)
    assert.doesNotMatch(page, /--[a-z]+ /, 'nobody types options here')
    assert.ok(page.includes(`href="#${field}"`), 'the summary leads to the field')
    assert.doesNotMatch(page, /<b>/)
    for (const typed of Object.values(query)) {
      assert.ok(page.includes(typed.replace('<', '&lt;').replace('>', '&gt;')) || field === 'rule', typed)
    }
    assert.equal(data(query, 422)[0]?.['fact'], field)
  })
}
