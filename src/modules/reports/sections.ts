/*
 * The commissioner's report to a panel: what the panel asked and the reply, performance by exception, the chief
 * constable held to account, the plan, meetings held; and what no module holds yet, typed by hand. The order is that of
 * the reports of 2014 to 2017.
 */

/** A record as a report speaks of it. All of it may be read by the body that the report goes to. */
export interface ReportLine {
  kind: string
  id: string
  reference: string
  title: string
  dated: Temporal.PlainDate
  state: string
  summary: string
  /** What came of it, one sentence each: the answer, the judgement, the reply. */
  outcomes: readonly string[]
}

export const gatheredSections = ['asked', 'exceptions', 'account', 'plan', 'meetings'] as const
export type GatheredSection = (typeof gatheredSections)[number]
export const typedSections = ['activity', 'decisions', 'inspections'] as const
export type TypedSection = (typeof typedSections)[number]

/** What each section is headed, and which kinds of record it gathers. */
export const gathered: Readonly<Record<GatheredSection, { heading: string; nothing: string }>> = {
  asked: {
    heading: 'What the panel asked, and the reply',
    nothing: 'The panel asked nothing of the commissioner in this time.',
  },
  exceptions: {
    heading: 'Performance by exception',
    nothing: 'No figure stood outside its usual range in this time.',
  },
  account: {
    heading: 'Holding the chief constable to account',
    nothing: 'No question was put to the chief constable in this time.',
  },
  plan: { heading: 'Progress of the plan', nothing: 'No objective of the plan is held.' },
  meetings: { heading: 'Meetings held', nothing: 'No meeting was held in this time.' },
}

export const typedHeadings: Readonly<Record<TypedSection, string>> = {
  activity: 'Activity and engagement',
  decisions: 'Decisions taken',
  inspections: 'Inspections',
}

/** The order in which they stand in the report. */
const order = ['asked', 'exceptions', 'inspections', 'account', 'plan', 'activity', 'decisions', 'meetings'] as const

export interface ReportParts {
  since: Temporal.PlainDate
  until: Temporal.PlainDate
  gathered: Partial<Record<GatheredSection, readonly ReportLine[]>>
  typed: Partial<Record<TypedSection, string>>
}

/**
 * The text of a report in Markdown, ready to be edited: one heading for each section that was asked for, a paragraph
 * for each record. A section in which there is nothing says so; a typed section that was left empty is left out.
 *
 * @param say how a day is printed
 */
export function reportText(parts: ReportParts, say: (day: Temporal.PlainDate) => string): string {
  const opening = `This report covers ${say(parts.since)} to ${say(parts.until)}.`
  const sections = order.flatMap(name => {
    if (isTyped(name)) return typedText(typedHeadings[name], parts.typed[name])
    const lines = parts.gathered[name]
    return lines === undefined ? [] : [gatheredText(name, lines, say)]
  })
  return [opening, ...sections].join('\n\n')
}

function isTyped(name: (typeof order)[number]): name is TypedSection {
  return typedSections.some(each => each === name)
}

/** What is typed by hand is the writer's own Markdown and stays as it is. */
function typedText(heading: string, text: string | undefined): string[] {
  return text === undefined || text.trim() === '' ? [] : [`## ${heading}\n\n${text.trim()}`]
}

function gatheredText(
  name: GatheredSection,
  lines: readonly ReportLine[],
  say: (day: Temporal.PlainDate) => string,
): string {
  const { heading, nothing } = gathered[name]
  const paragraphs = lines.length === 0 ? [nothing] : lines.map(line => paragraphOf(line, say))
  return [`## ${heading}`, ...paragraphs].join('\n\n')
}

function paragraphOf(line: ReportLine, say: (day: Temporal.PlainDate) => string): string {
  const title = sentence(line.title)
  const summary = line.summary === '' || line.summary === line.title ? [] : [sentence(line.summary)]
  const words = [...summary, ...line.outcomes.map(sentence)].map(plain)
  return [`**${plain(title)}** (${plain(line.reference)}, ${say(line.dated)}: ${plain(line.state)}.)`, ...words].join(
    ' ',
  )
}

function sentence(text: string): string {
  const trimmed = text.trim().replaceAll(/\s+/g, ' ')
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** Text of a record as text: whatever Markdown would read into it is escaped, the fences of papers included. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+:=])/, '\\$1')
}
