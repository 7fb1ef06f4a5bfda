import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { confidentialItems, exclusionQuestions, exclusionWording } from './exclusion.ts'
import type { ExcludableItem } from './exclusion.ts'

const exempt = (shown: string, ...paragraphs: number[]): ExcludableItem => ({
  shown,
  ground: { code: 'schedule-12a', paragraphs, publicInterest: 'Said elsewhere' },
  withdrawn: false,
})
const open = (shown: string): ExcludableItem => ({ shown, ground: null, withdrawn: false })
const confidential = (shown: string): ExcludableItem => ({
  shown,
  ground: { code: 'confidential', reason: 'Said elsewhere' },
  withdrawn: false,
})

/** As item 13 of the agenda of 26 September 2014 has it. */
const of2014 =
  'That members of the public be excluded from the meeting for the item below on the grounds that their presence would involve the disclosure of confidential or exempt information as defined in Paragraph 2 of the Local Government Act 1972.'

describe('the resolution to exclude the public', () => {
  it('names the section, the item, the paragraph and the Schedule', () => {
    assert.equal(
      exclusionWording([open('12'), exempt('13', 2)]),
      'That under section 100A(4) of the Local Government Act 1972 the public and press be excluded from the meeting for item 13 on the grounds that it involves the likely disclosure of exempt information as defined in paragraph 2 of Part 1 of Schedule 12A to the Act, and that in all the circumstances of the case the public interest in maintaining the exemption outweighs the public interest in disclosing the information.',
    )
  })

  it('says which paragraph is for which item where they differ', () => {
    const wording = exclusionWording([exempt('13', 1), exempt('14', 3, 7)]) ?? ''
    assert.match(wording, /items 13 and 14/)
    assert.match(wording, /paragraph 1 \(item 13\) and paragraphs 3 and 7 \(item 14\) of Part 1 of Schedule 12A/)
    assert.match(exclusionWording([exempt('13', 1), exempt('14', 1)]) ?? '', /defined in paragraph 1 of Part 1/)
  })

  it('is not offered where nothing is exempt: a confidential item needs none', () => {
    const withdrawn = { ...exempt('13', 1), withdrawn: true }
    assert.equal(exclusionWording([open('1'), confidential('2'), withdrawn]), null)
    assert.deepEqual(confidentialItems([open('1'), confidential('2')]), ['2'])
  })

  it('in the words of 2014 is questioned, for the Schedule first', () => {
    const questions = exclusionQuestions(of2014, [exempt('13', 2)])
    assert.match(questions[0] ?? '', /Schedule 12A/)
    assert.match(questions.join(), /100A\(4\)/)
    assert.doesNotMatch(questions.join(), /does not name paragraph/, 'it does name paragraph 2')
  })

  it('is questioned for a paragraph that is missing or not of this agenda', () => {
    const items = [exempt('13', 1, 3)]
    const wording = exclusionWording(items) ?? ''
    assert.match(exclusionQuestions(wording.replace('paragraphs 1 and 3', 'paragraph 1'), items).join(), /paragraph 3/)
    assert.match(exclusionQuestions(wording.replace('1 and 3', '1, 3 and 5'), items).join(), /names paragraph 5/)
    assert.match(exclusionQuestions(wording, [open('1')]).join(), /No item of this agenda is marked as exempt/)
  })

  it('as it is offered raises no question, whatever is exempt', () => {
    const paragraph = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 5 }), all => {
        const items = all.map((paragraphs, at) => exempt(String(at + 8), ...paragraphs))
        assert.deepEqual(exclusionQuestions(exclusionWording(items) ?? '', items), [])
      }),
    )
  })
})
