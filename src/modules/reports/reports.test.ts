import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { longDate } from '../../platform/time.ts'
import { plain, reportText } from './sections.ts'
import type { ReportLine } from './sections.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const line = (title: string, more: Partial<ReportLine> = {}): ReportLine => ({
  kind: 'question',
  id: 'id',
  reference: 'Q-2026-04',
  title,
  dated: day('2026-02-03'),
  state: 'Answered',
  summary: '',
  outcomes: [],
  ...more,
})
const text = (parts: Partial<Parameters<typeof reportText>[0]>) =>
  reportText({ since: day('2026-01-01'), until: day('2026-03-31'), gathered: {}, typed: {}, ...parts }, longDate)

describe('the text of a report', () => {
  it('says what it covers, and has one heading for each section that was asked for', () => {
    const written = text({ gathered: { asked: [], plan: [] }, typed: { decisions: 'None were taken.', activity: ' ' } })
    assert.match(written, /^This report covers 1 January 2026 to 31 March 2026\./)
    const headings = written.split('\n').filter(each => each.startsWith('## '))
    assert.deepEqual(headings, [
      '## What the panel asked, and the reply',
      '## Progress of the plan',
      '## Decisions taken',
    ])
    assert.match(written, /The panel asked nothing of the commissioner in this time\./)
  })

  it('tells each record with its reference, its state and what came of it', () => {
    const written = text({
      gathered: {
        account: [line('Why did robbery rise', { summary: 'It rose by 12%', outcomes: ['Patrols were moved'] })],
      },
    })
    assert.match(
      written,
      /\*\*Why did robbery rise\.\*\* \(Q-2026-04, 3 February 2026: Answered\.\) It rose by 12%\. Patrols were moved\./,
    )
  })

  it('prints whatever a record says as text, never as Markdown or as a marking', () => {
    const markdown = new MarkdownIt()
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), words => {
        const [paragraph, inline] = markdown.parse(`A ${plain(words)}`, {})
        const printed = inline?.children?.map(each => each.content).join('') ?? ''
        assert.equal(paragraph?.type, 'paragraph_open')
        assert.equal(printed.trim().replaceAll(/\s+/g, ' '), `A ${words}`.trim().replaceAll(/\s+/g, ' '))
      }),
    )
    assert.match(plain('::: restricted G1'), /^\\:/)
    assert.match(plain('1. First'), /^1\\\./)
  })
})
