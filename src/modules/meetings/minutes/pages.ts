import type { ActionModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { RecordHead } from '../../../record/record.ts'
import { longDate } from '../../../platform/time.ts'
import { attendanceModel } from '../meeting/pages.ts'
import { restriction } from '../agenda/notice.ts'
import { minutesPath } from '../paths.ts'
import { whyNotCirculated } from './circulate-minutes.ts'
import { dueWords } from './due-words.ts'
import type { Examination } from './examine.ts'
import { prefixOf } from './forms.ts'
import { publishingObstacles, signingObstacles } from './rules.ts'
import type { Doer, MinutesFacts } from './rules.ts'

type May = (permission: string) => boolean
type SigningFacts = Pick<MinutesFacts, 'state' | 'keptBy' | 'signatories' | 'signed'>

/** The particular rows of the minutes' summary. */
export function minutesSummary({ row, signatures }: Examination): SummaryRowModel[] {
  const rows: SummaryRowModel[] = []
  const add = (key: string, text: string | null) => {
    if (text !== null) rows.push({ key, value: { type: 'text', text } })
  }
  const addDay = (key: string, date: Temporal.PlainDate | null) => {
    if (date !== null) rows.push({ key, value: { type: 'date', date } })
  }
  add('Taken by', row.taken_by)
  addDay('Circulated', row.circulated_on)
  addDay('Agreed', row.agreed_on)
  for (const each of signatures) add('Signed', `${each.name}, ${longDate(each.signed_on)}`)
  addDay('Published', row.published_on)
  add(
    'Next meeting',
    row.next_meeting_printed ?? (row.next_meeting_date === null ? null : longDate(row.next_meeting_date)),
  )
  return rows
}

/** What this person may do with minutes now, and what not yet and why. */
export function minutesActions(minutes: Examination, facts: SigningFacts, doer: Doer, may: May): ActionModel[] {
  const path = minutesPath(minutes.head.id)
  const keeps = facts.keptBy === doer.organisationId
  const offered: ActionModel[] = []
  const offer = (text: string, href: string, reasons: readonly string[]) =>
    offered.push(reasons.length === 0 ? { text, href } : { text, reasons })
  const { state } = minutes
  const writable = state === 'draft' || state === 'circulated'
  if (keeps && writable && may('meetings.minute')) {
    offered.push({ text: state === 'draft' ? 'Take the minutes' : 'Correct the minutes', href: `${path}/take` })
  }
  if (keeps && state === 'draft' && may('meetings.minute')) {
    offer('Circulate them', `${path}/circulate`, whyNotCirculated(minutes, doer.organisationId))
  }
  if (keeps && state === 'circulated' && may('meetings.agree'))
    offer('Record that they were agreed', `${path}/agree`, [])
  if (state === 'agreed' && may('meetings.sign'))
    offer('Sign the minutes', `${path}/sign`, signingObstacles(facts, doer))
  if (keeps && state !== 'draft' && state !== 'published' && may('meetings.publish')) {
    offer('Publish the minutes', `${path}/publish`, publishingObstacles(facts, doer))
  }
  if (keeps && state === 'published' && may('meetings.publish')) {
    offered.push({ text: 'What is public', href: `/workspace/records/${minutes.head.id}/publish` })
  }
  return offered
}

/** The minutes item by item, as those who hold them read them. */
export function minutedLines(minutes: Examination, actions: readonly RecordHead[]) {
  return minutes.items.map(item => ({
    id: item.id,
    number: item.shown,
    title: item.title,
    restricted: restriction(item),
    withdrawn: item.withdrawn_why,
    text: minutes.texts.get(item.id)?.text ?? '',
    outcomes: outcomeLines(minutes, item.id, actions),
  }))
}

/** What was raised under an item, with its action once there is one. */
export function outcomeLines(minutes: Examination, itemId: string, actions: readonly RecordHead[]) {
  return minutes.outcomes
    .filter(each => each.row.item_id === itemId)
    .map(({ row, lead, due, others, findings }) => {
      const action = actions.find(each => each.id === row.action_id)
      return {
        id: row.id,
        form: row.form,
        text: row.text,
        lead: lead.words,
        others: others.join(', '),
        due: due === null ? null : dueWords(due),
        findings,
        action: action === undefined ? null : { text: action.reference, href: `/workspace/records/${action.id}` },
      }
    })
}

/** The page of the minutes without its head: items, people, findings, corrections, signatures. */
export function minutesModel(minutes: Examination, actions: readonly RecordHead[]) {
  return {
    items: minutedLines(minutes, actions),
    attendance: attendanceModel(minutes.attendees),
    findings: findingLines(minutes),
    corrections: minutes.corrections.map(each => ({
      item: minutes.items.find(item => item.id === each.item_id)?.shown ?? '',
      before: each.text_before,
      after: each.text_after,
      why: each.why,
      by: each.made_by,
      on: each.made_on,
    })),
  }
}

/** Findings with the item they are under, those that stop the issue first. */
export function findingLines({ findings, items }: Examination) {
  return findings
    .map(({ itemId, words, stops }) => {
      const item = items.find(each => each.id === itemId)
      return { item: item === undefined ? null : `Item ${item.shown}`, words, stops }
    })
    .sort((a, b) => Number(b.stops) - Number(a.stops))
}

/** What came back of one item's form, or a sentence of the prose that somebody means to put on a list. */
export interface CameBack {
  itemId: string
  fields: FormFields
  faults: readonly FieldFault[]
}

/** One form for each item of the page on which minutes are taken. */
export function takingForms(minutes: Examination, back: CameBack | null) {
  return minutes.items.map((item, at) => {
    const prefix = prefixOf(at + 1)
    const here = back !== null && back.itemId === item.id
    const minute = minutes.texts.get(item.id)
    const form: FormModel = {
      action: `${minutesPath(minutes.head.id)}/items/${item.id}`,
      fields: here ? back.fields : { [`${prefix}text`]: minute?.text ?? '' },
      faults: here ? back.faults : [],
      version: minute?.version ?? 0,
    }
    return {
      id: item.id,
      number: item.shown,
      title: item.title,
      prefix,
      opened: here,
      offered: minutes.offered.filter(each => each.itemId === item.id),
      restricted: restriction(item),
      withdrawn: item.withdrawn_why,
      form,
      savedAt: minute?.written_at ?? null,
      savedBy: minute?.written_by ?? null,
    }
  })
}

export function storedNextMeeting({ row }: Examination): FormFields {
  return { printed: row.next_meeting_printed ?? '', ...dateFields('next', row.next_meeting_date) }
}
