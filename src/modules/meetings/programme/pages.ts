import type { ActionModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { stateModel } from '../../../record/words.ts'
import { meetingPath, programmeItemPath } from '../paths.ts'
import type { MoveRow, ProgrammeItem } from './queries.ts'
import { circulatingObstacles, droppingObstacles, nextInWords, programmeStates } from './rules.ts'

type May = (permission: string) => boolean

/** One line of the programme, in the layout that panels print: item, what it covers, last report, next report. */
export function programmeLine({ head, row, facts }: ProgrammeItem, moves: readonly MoveRow[]) {
  return {
    title: head.title,
    href: programmeItemPath(head.id),
    covers: row.covers,
    lead: row.lead,
    standing: row.standing,
    last: row.last_date,
    next: facts.state === 'dropped' ? null : nextInWords(facts.next),
    requested: row.requested_on,
    circulated: row.circulated_on,
    state: stateModel(head.kind, head.state),
    deferred: moves.filter(each => each.record_id === head.id).length,
  }
}

/** The programme of a body: reports still to come, reports given, and briefing notes. */
export function programmeModel(items: readonly ProgrammeItem[], moves: readonly MoveRow[]) {
  const lines = (wanted: (item: ProgrammeItem) => boolean) =>
    items.filter(wanted).map(item => programmeLine(item, moves))
  const open = ({ facts }: ProgrammeItem) => programmeStates[facts.state].open
  const report = ({ facts }: ProgrammeItem) => facts.form === 'report'
  return {
    standing: lines(item => report(item) && open(item) && item.row.standing),
    coming: lines(item => report(item) && open(item) && !item.row.standing),
    reported: lines(item => report(item) && item.facts.state === 'reported'),
    briefings: lines(item => !report(item) && item.facts.state !== 'dropped'),
    dropped: lines(item => item.facts.state === 'dropped'),
  }
}

export function programmeSummary({ row, facts }: ProgrammeItem, bodyName: string): SummaryRowModel[] {
  const rows: SummaryRowModel[] = [
    { key: 'Body', value: { type: 'text', text: bodyName } },
    { key: 'What it is to cover', value: { type: 'paragraphs', text: row.covers } },
    { key: 'Who leads', value: { type: 'text', text: row.lead ?? 'Not said' } },
  ]
  if (facts.form === 'briefing-note') {
    rows.push({ key: 'Requested', value: { type: 'date', date: row.requested_on, otherwise: 'Not recorded' } })
    rows.push({ key: 'Circulated', value: { type: 'date', date: row.circulated_on, otherwise: 'Not yet' } })
    return rows
  }
  const last = row.last_meeting === null ? {} : { href: meetingPath(row.last_meeting) }
  rows.push({
    key: 'Last report',
    value: row.last_date === null ? { type: 'text', text: 'None' } : { type: 'date', date: row.last_date, ...last },
  })
  rows.push({ key: 'Next report', value: { type: 'text', text: nextInWords(facts.next) } })
  if (row.standing) rows.push({ key: 'Standing item', value: { type: 'text', text: 'It comes to every meeting' } })
  return rows
}

/** What this person may do with an item now, and what not yet and why. */
export function programmeActions({ head, facts }: ProgrammeItem, may: May): ActionModel[] {
  if (!may('meetings.edit')) return []
  const path = programmeItemPath(head.id)
  const offered: ActionModel[] = []
  const offer = (text: string, href: string, reasons: readonly string[]) =>
    offered.push(reasons.length === 0 ? { text, href } : { text, reasons })
  const open = programmeStates[facts.state].open
  if (facts.state === 'programmed') offered.push({ text: 'Put it on an agenda', href: `${path}/place` })
  if (facts.form === 'briefing-note')
    offer('Note that it was circulated', `${path}/circulated`, circulatingObstacles(facts))
  if (open && facts.state !== 'on-agenda') offered.push({ text: 'Say when it comes next', href: `${path}/schedule` })
  if (open) offered.push({ text: 'Change it', href: `${path}/change` })
  if (open) offer('Take it off the programme', `${path}/drop`, droppingObstacles(facts))
  if (may('meetings.publish')) offered.push({ text: 'Publish it', href: `/workspace/records/${head.id}/publish` })
  return offered
}

export function storedWords({ head, row }: ProgrammeItem): FormFields {
  const standing = row.standing ? { standing: 'yes' } : {}
  return { title: head.title, covers: row.covers, lead: row.lead ?? '', ...standing }
}

export function storedNext({ row }: ProgrammeItem): FormFields {
  return {
    meeting: row.next_meeting ?? '',
    ...(row.next_meeting === null ? dateFields('next', row.next_date) : {}),
    'next-words': row.next_words ?? '',
  }
}
