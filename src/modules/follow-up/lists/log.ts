import type { Trx } from '../../../platform/database/tables.ts'
import { longDate } from '../../../platform/time.ts'
import type { CellModel, ColumnModel } from '../../../platform/web/patterns.ts'
import { dueModel, duePath } from '../../../record/record-pages.ts'
import type { Due } from '../../../record/record.ts'
import { kindWord, stateModel } from '../../../record/words.ts'
import { closuresOf, updatesOfAll } from '../items/queries.ts'
import type { ClosureRow, Update } from '../items/queries.ts'
import { dueInWords } from '../items/rules.ts'
import { decidedInWords } from '../items/snapshot.ts'
import { itemPath, rowShowsWords } from '../items/words.ts'
import { isItemKind } from '../items/words.ts'
import { repliesToAll } from '../replies/read.ts'
import type { ReceivedReply } from '../replies/read.ts'
import { replyAnswerWords } from '../replies/words.ts'
import type { ListedItem } from './queries.ts'

/** A line of the log, in the layout that panels use. */
export interface LogLine {
  id: string
  dated: Temporal.PlainDate
  reference: string
  kind: string
  title: string
  asked: string
  href: string
  lead: string
  due: Due | null
  firstDue: string | null
  moves: number
  kindName: string
  state: string
  stateName: string
  /** What came of it, each a sentence or more. */
  notes: readonly string[]
  /** Of a row of an old log, what it itself shows. */
  shows: string | null
}

/** The columns of the log, by their names in the panels' own papers. */
export const logColumns: readonly ColumnModel[] = [
  { heading: 'Date raised' },
  { heading: 'Recommendation or action' },
  { heading: 'Lead' },
  { heading: 'Panel update' },
  { heading: 'Progress notes' },
]

/** The lines of some items, with everything that came of each. Ask only for items the viewer may see. */
export async function logLines(trx: Trx, areaId: number, items: readonly ListedItem[]): Promise<LogLine[]> {
  const ids = items.map(({ record }) => record.id)
  const updates = Map.groupBy(await updatesOfAll(trx, areaId, ids), update => update.record_id)
  const closures = Map.groupBy(await closuresOf(trx, areaId, ids), closure => closure.record_id)
  const replies = await repliesByRaiser(trx, areaId, items)
  return items.map(({ record, item }) => {
    const word = stateModel(record.kind, record.state).word
    return {
      id: record.id,
      dated: record.dated,
      reference: record.reference,
      kind: record.kind,
      title: record.title,
      asked: item.asked,
      href: isItemKind(record.kind) ? itemPath(record.kind, record.id) : '',
      lead: item.lead_words,
      due: record.due,
      firstDue: item.first_due,
      moves: item.due_moves,
      kindName: kindWord(record.kind),
      state: record.state,
      stateName: word,
      notes: [
        ...(item.printed_state === null ? [word] : [item.printed_state]),
        ...noteLines(updates.get(record.id) ?? [], replies.get(record.id) ?? [], closures.get(record.id) ?? []),
      ],
      shows: item.row_shows === null ? null : rowShowsWords[item.row_shows],
    }
  })
}

async function repliesByRaiser(trx: Trx, areaId: number, items: readonly ListedItem[]) {
  const recommendations = items.filter(({ record }) => record.kind === 'recommendation')
  const byRaiser = Map.groupBy(recommendations, ({ item }) => item.raised_by_organisation)
  const found = new Map<string, ReceivedReply[]>()
  for (const [raiser, own] of byRaiser) {
    const ids = own.map(({ record }) => record.id)
    for (const [id, replies] of await repliesToAll(trx, areaId, ids, raiser)) found.set(id, replies)
  }
  return found
}

function noteLines(
  updates: readonly Update[],
  replies: readonly ReceivedReply[],
  closures: readonly ClosureRow[],
): string[] {
  return [
    ...replies
      .filter(reply => reply.stands)
      .map(({ body, sentOn }) =>
        replyInWords(longDate(sentOn), body.inTheNameOf, replyAnswerWords[body.answer], body.reason),
      ),
    ...updates.map(update => `${longDate(update.dated)}: ${update.text}`),
    ...closures.map(closureLine),
  ]
}

/** "12 March 2026, the reply of …: Accepted. Because …" */
export function replyInWords(on: string, by: string, answer: string, reason: string): string {
  return `${on}, the reply of ${by}: ${answer}. ${reason}`
}

function closureLine(closure: ClosureRow): string {
  const reopened =
    closure.reopened_on === null
      ? ''
      : ` Re-opened on ${longDate(closure.reopened_on)}, at a meeting: ${closure.reopened_meeting_words ?? ''}.`
  return `${closureInWords(longDate(closure.closed_on), decidedInWords(closure), closure.answers_asked, closure.reason)}${reopened}`
}

const judged: Readonly<Record<string, string>> = {
  yes: 'It answers what was asked.',
  partly: 'It answers what was asked in part.',
  no: 'It does not answer what was asked.',
}

/** "Closed on 3 March 2026, by the chair. It answers what was asked. The count is attached." */
export function closureInWords(on: string, decided: string, answersAsked: string, reason: string): string {
  return `Closed on ${on}, ${decided}. ${judged[answersAsked] ?? ''} ${reason}`.trim()
}

/** A line as the cells of the table. */
export function logCells(line: LogLine): CellModel[] {
  const shows = line.shows === null ? [] : [`${line.shows}.`]
  return [
    { type: 'date', date: line.dated },
    { type: 'text', text: line.asked, href: line.href, hint: `${line.kindName} ${line.reference}` },
    { type: 'text', text: line.lead },
    line.due === null
      ? { type: 'text', text: 'not set' }
      : { type: 'due', due: dueModel(line.kind, line.state, line.due, { href: duePath(line.id) }) },
    { type: 'paragraphs', text: [...line.notes, ...shows].join('\n\n') },
  ]
}

/** The heading row of the log as CSV. */
export const logCsvColumns = [
  'date raised',
  'recommendation or action',
  'lead',
  'panel update',
  'progress notes',
  'kind',
  'reference',
  'state',
  'due as first set',
  'times moved',
  'what the row shows',
] as const

/** A line as a row of the CSV. */
export function logCsvRow(line: LogLine): (string | number | null)[] {
  return [
    line.dated.toString(),
    line.asked,
    line.lead,
    dueInWords(line.due),
    line.notes.join(' '),
    line.kindName,
    line.reference,
    line.stateName,
    line.firstDue,
    line.moves,
    line.shows,
  ]
}
