import type { Block, Part, PdfDocument, Words } from '../../../platform/pdf/document.ts'
import type { CellModel } from '../../../platform/web/patterns.ts'
import { longDate } from '../../../platform/time.ts'
import { isExceptional, measuresOf, openingSentence, type ReportContent, type ReportedMeasure } from './content.ts'
import { standingWords } from './words.ts'

const words = (text: string): Words[] => [{ text }]
const strong = (text: string): Words[] => [{ text, strong: true }]
const paragraph = (text: string): Block => ({ type: 'paragraph', number: null, words: words(text), note: null })
const heading = (level: number, text: string, listed = true): Block => ({
  type: 'heading',
  level,
  words: words(text),
  listed,
})
const list = (items: readonly string[]): Block => ({
  type: 'list',
  ordered: false,
  items: items.map(words),
  note: null,
})

/** The drawing of a measure's chart, as the document names it. */
export const chartFile = (measure: Pick<ReportedMeasure, 'id'>): string => `${measure.id}.svg`

/**
 * The report as a document to be typeset: one page of summary, then by objective what stands out with its chart and its
 * table, what was asked and answered, and the rest in one table; what changed; where the figures come from. Pure.
 *
 * @param siteAddress for links, which stand by themselves in a PDF
 */
export function reportDocument(content: ReportContent, siteAddress: string): PdfDocument {
  return {
    title: content.title,
    author: content.organisation,
    head: content.title,
    watermark: null,
    labels: null,
    parts: [
      frontPart(content),
      ...content.objectives.map((objective, at) => objectivePart(objective, at, siteAddress)),
      ...changesPart(content),
      sourcesPart(content),
    ],
  }
}

/** The drawings that the document binds in, by name. */
export function drawingsOf(content: ReportContent): Map<string, Uint8Array> {
  const drawn = measuresOf(content).filter(measure => measure.chart !== null && isExceptional(measure))
  return new Map(drawn.map(measure => [chartFile(measure), Buffer.from(measure.chart?.svg ?? '')]))
}

function frontPart(content: ReportContent): Part {
  return {
    key: 'front',
    head: content.period.words,
    cover: true,
    blocks: [
      heading(1, content.title, false),
      {
        type: 'facts',
        rows: [
          { name: 'By', words: words(content.organisation) },
          { name: 'Period', words: words(content.period.words) },
          ...(content.asAt === null
            ? []
            : [{ name: 'Figures correct as of', words: words(longDate(Temporal.PlainDate.from(content.asAt))) }]),
        ],
      },
      heading(2, 'Summary'),
      paragraph(openingSentence(content)),
      ...content.summary.filter(text => text !== openingSentence(content)).map(paragraph),
      { type: 'contents', title: 'Contents' },
    ],
  }
}

function objectivePart(objective: ReportContent['objectives'][number], at: number, siteAddress: string): Part {
  const out = objective.measures.filter(isExceptional)
  const rest = objective.measures.filter(measure => !isExceptional(measure))
  return {
    key: `objective-${String(at)}`,
    head: objective.title,
    blocks: [
      heading(1, objective.title),
      ...out.flatMap(measure => measureBlocks(measure, siteAddress)),
      ...(rest.length === 0 ? [] : [heading(2, 'Within the usual range, or too early to say'), restTable(rest)]),
    ],
  }
}

function measureBlocks(measure: ReportedMeasure, siteAddress: string): Block[] {
  return [
    heading(2, measure.title),
    ...measure.exceptions
      .filter(({ breakdown }) => breakdown === '')
      .flatMap(each => [
        paragraph(each.text),
        paragraph(`${each.judgement}. ${each.life}.${each.explanation === null ? '' : ` ${each.explanation}`}`),
      ]),
    ...partsBlocks(measure),
    ...(measure.remark === null ? [] : [paragraph(measure.remark)]),
    ...(measure.chart === null ? [] : chartBlocks(measure)),
    ...(measure.says.length === 0 ? [] : [heading(3, 'What the rules say', false), list(measure.says)]),
    ...askedBlocks(measure),
    {
      type: 'paragraph',
      number: null,
      note: null,
      words: [{ text: `${siteAddress}${measure.href}`, href: `${siteAddress}${measure.href}` }],
    },
  ]
}

/** What stands out in parts of it, a line each. */
function partsBlocks({ exceptions }: ReportedMeasure): Block[] {
  const lines = exceptions.filter(({ breakdown }) => breakdown !== '').map(({ headline }) => headline)
  return lines.length === 0 ? [] : [paragraph('In parts of it:'), list(lines)]
}

function chartBlocks(measure: ReportedMeasure): Block[] {
  const { chart } = measure
  if (chart === null) return []
  return [
    { type: 'picture', file: chartFile(measure), alternative: chart.title },
    {
      type: 'table',
      header: chart.table.columns.map(column => strong(column.heading)),
      rows: chart.table.rows.map(row => row.cells.map(cell => words(cellText(cell)))),
      note: null,
    },
  ]
}

/** What a cell of a chart's table prints. */
export function cellText(cell: CellModel): string {
  if (cell.type === 'text') return cell.text
  if (cell.type === 'number') return cell.value === null ? (cell.mark ?? '') : cell.value.toLocaleString('en-GB')
  return ''
}

function askedBlocks({ asked }: ReportedMeasure): Block[] {
  if (asked.length === 0) return []
  return [
    heading(3, 'What was asked and answered', false),
    ...asked.flatMap(question => [
      paragraph(`${question.title} (${question.reference}): ${question.state}.`),
      ...question.outcomes.map(paragraph),
    ]),
  ]
}

function restTable(measures: readonly ReportedMeasure[]): Block {
  return {
    type: 'table',
    header: ['Measure', 'Latest', 'Change on the year before', 'What the rules say'].map(strong),
    rows: measures.map(measure => [
      words(measure.title),
      words(measure.latest === '' ? 'No figure' : `${measure.latest}, ${measure.latestPeriod}`),
      words(measure.change === '' ? 'Not compared' : measure.change),
      words(standingWords[measure.standing].word),
    ]),
    note: null,
  }
}

function changesPart({ changes }: ReportContent): Part[] {
  if (changes === null) return []
  const { since, lines } = changes
  const blocks = lines.length === 0 ? [paragraph('Nothing has changed.')] : [list(lines)]
  return [{ key: 'changes', head: 'What changed', blocks: [heading(1, `What changed since ${since}`), ...blocks] }]
}

function sourcesPart(content: ReportContent): Part {
  return {
    key: 'sources',
    head: 'Where the figures come from',
    blocks: [
      heading(1, 'Where the figures come from'),
      {
        type: 'table',
        header: ['Measure', 'What is counted', 'Source'].map(strong),
        rows: measuresOf(content).map(({ reference, title, definition, source }) => [
          words(`${title} (${reference})`),
          words(definition),
          words(source),
        ]),
        note: null,
      },
    ],
  }
}
