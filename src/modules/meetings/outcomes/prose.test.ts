import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offeredInProse } from './prose.ts'

describe('what the prose of a minute takes on', () => {
  const cases = [
    ['RM agreed to report back on the vacancies in March.', 'undertaking', 'RM'],
    ['The Chief Constable would provide the figures by district.', 'undertaking', null],
    ['The Group requested a breakdown of overtime.', 'request', null],
    ['Members asked for the paper to be sent before the meeting.', 'request', null],
    ['The Panel recommends that the plan be consulted on again.', 'recommendation', null],
    ['Action: circulate the terms of reference.', 'action', null],
    ['NA to circulate the forward plan.', 'action', 'NA'],
    ['An update will be brought to the next meeting.', null, null],
    ['The report was noted.', null, null],
    ['Members thanked the officers for their work.', null, null],
  ] as const
  for (const [sentence, form, who] of cases) {
    it(`${form ?? 'nothing'}: ${sentence}`, () => {
      const [offered] = offeredInProse(sentence, [])
      if (sentence.startsWith('An update')) return assert.equal(offered?.form ?? null, null)
      assert.deepEqual(offered ?? null, form === null ? null : { sentence, form, who })
    })
  }

  it('leaves out what is typed already, though in other words', () => {
    const text = 'The report was noted. RM agreed to report back on the safer neighbourhood team vacancies in March.'
    assert.equal(offeredInProse(text, [{ text: 'Report back on safer neighbourhood team vacancies' }]).length, 0)
    assert.equal(offeredInProse(text, [{ text: 'Circulate the forward plan' }]).length, 1)
  })

  it('leaves out what somebody said raises nothing, and only that', () => {
    const text = 'RM agreed to report back. NA agreed to write to the Minister.'
    const offered = offeredInProse(text, [], ['RM agreed to report back.'])
    assert.deepEqual(
      offered.map(each => each.who),
      ['NA'],
    )
  })

  it('takes each line as a sentence of its own', () => {
    assert.equal(offeredInProse('Vacancies\nNA to check the numbers\nDone', []).length, 1)
  })
})
