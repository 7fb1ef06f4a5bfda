import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { publicAddress } from '../../../record/entries.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecords } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath, minutesPath, minutesRegister, register } from '../paths.ts'
import { agreeMinutes, laterMeetings } from './agree-minutes.ts'
import { circulateMinutes } from './circulate-minutes.ts'
import { examine } from './examine.ts'
import type { Examination } from './examine.ts'
import { agreeForm, signForm, versionForm } from './forms.ts'
import { minutesKind } from './kind.ts'
import { findingLines, minutesActions, minutesModel, minutesSummary } from './pages.ts'
import { publishMinutes } from './publish-minutes.ts'
import { findMinutes } from './queries.ts'
import { signingFacts, signMinutes } from './sign-minutes.ts'
import { minutesSnapshot } from './snapshot.ts'
import { gapNotice } from '../agenda/notice.ts'
import { isOpen } from '../agenda/rules.ts'

export const minutesWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/minutes', permission: 'meetings.read', handler: showRegister },
  { method: 'GET', path: '/meetings/minutes/received/:id', permission: 'meetings.read', handler: showReceived },
  { method: 'GET', path: '/meetings/minutes/:id', permission: 'meetings.read', handler: showMinutes },
  { method: 'GET', path: '/meetings/minutes/:id/circulate', permission: 'meetings.minute', handler: askCirculate },
  { method: 'POST', path: '/meetings/minutes/:id/circulate', permission: 'meetings.minute', handler: doCirculate },
  { method: 'GET', path: '/meetings/minutes/:id/agree', permission: 'meetings.agree', handler: askAgree },
  { method: 'POST', path: '/meetings/minutes/:id/agree', permission: 'meetings.agree', handler: doAgree },
  { method: 'GET', path: '/meetings/minutes/:id/sign', permission: 'meetings.sign', handler: askSign },
  { method: 'POST', path: '/meetings/minutes/:id/sign', permission: 'meetings.sign', handler: doSign },
  { method: 'GET', path: '/meetings/minutes/:id/publish', permission: 'meetings.publish', handler: askPublish },
  { method: 'POST', path: '/meetings/minutes/:id/publish', permission: 'meetings.publish', handler: doPublish },
]

function showRegister(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, minutesKind, {
    address: minutesRegister,
    title: 'Minutes',
    actions: [
      { text: 'Meetings', href: register },
      { text: 'Minuted, on no list', href: `${minutesRegister}/on-no-list` },
    ],
    empty: 'Minutes appear here once they are begun, or once the other side has circulated them to you.',
  })
}

async function load(context: WorkspaceContext): Promise<Examination | null> {
  const minutes = await findMinutes(context.trx, openedKey(context))
  return minutes === null ? null : examine(context.trx, minutes)
}

function actionsOf({ trx }: WorkspaceContext, { head, outcomes }: Examination) {
  return findRecords(
    trx,
    head.areaId,
    outcomes.flatMap(each => each.row.action_id ?? []),
  )
}

function doerOf({ viewer }: WorkspaceContext) {
  return { organisationId: viewer.organisation.id, kind: viewer.organisation.kind, roles: viewer.roles }
}

async function showMinutes(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const facts = await signingFacts(context.trx, minutes)
  return page('modules/meetings/views/minutes.njk', {
    title: minutes.head.title,
    breadcrumbs: [
      { text: 'Meetings', href: register },
      { text: minutes.meeting.title, href: meetingPath(minutes.meeting.id) },
    ],
    record: await recordModel(context, minutes.head, {
      summary: minutesSummary(minutes),
      actions: minutesActions(minutes, facts, doerOf(context), permission => context.may(permission)),
    }),
    ...minutesModel(minutes, await actionsOf(context, minutes)),
  })
}

/** Minutes as they were circulated to an organisation that attends and does not sign them. */
async function showReceived(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const key = openedKey(context)
  const received = await findReceived(trx, viewer.organisation.id, key)
  if (received?.kind !== 'minutes') return notFound()
  return page('modules/meetings/views/received-minutes.njk', {
    title: received.title,
    breadcrumbs: [{ text: 'Meetings', href: register }],
    received,
    body: received.body,
    trail: `/workspace/records/${key.id}/trail`,
  })
}

/** A page with one form on the minutes: what is common to circulating, agreeing, signing and publishing. */
function deedPage(
  context: WorkspaceContext,
  minutes: Examination,
  deed: 'circulate' | 'agree' | 'sign' | 'publish',
  faults: readonly FieldFault[],
  more: object = {},
): Answer {
  const path = minutesPath(minutes.head.id)
  const form: FormModel = { action: `${path}/${deed}`, fields: context.fields, faults, version: minutes.head.version }
  const model = { title: minutes.head.title, form, back: { text: 'Back', href: path }, ...more }
  return page(`modules/meetings/views/${deed}-minutes.njk`, model, faults.length > 0 ? 422 : 200)
}

async function askCirculate(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  return minutes === null ? notFound() : circulatePage(context, minutes, [])
}

/** Everything that others will read, once more before it goes out, with what does not resolve. */
function circulatePage(context: WorkspaceContext, minutes: Examination, faults: readonly FieldFault[]): Answer {
  return deedPage(context, minutes, 'circulate', faults, {
    ...minutesModel(minutes, []),
    findings: findingLines(minutes),
    actionsToRaise: minutes.outcomes.filter(each => each.row.raises && each.row.action_id === null).length,
  })
}

async function doCirculate(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const read = readForm(versionForm, context.fields)
  if (!read.ok) return circulatePage(context, minutes, read.errors)
  const raised = await circulateMinutes(context.trx, context, minutes.head, read.value.version)
  const actions = raised.length === 1 ? '1 action was issued' : `${String(raised.length)} actions were issued`
  return redirect(minutesPath(minutes.head.id), `Minutes circulated; ${actions}.`)
}

async function askAgree(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  return minutes === null ? notFound() : agreePage(context, minutes, [])
}

async function agreePage(
  context: WorkspaceContext,
  minutes: Examination,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const later = await laterMeetings(context.trx, minutes.meeting)
  return deedPage(context, minutes, 'agree', faults, {
    meetings: later.map(({ head }) => ({ value: head.id, text: head.title })),
    corrections: minutesModel(minutes, []).corrections,
  })
}

async function doAgree(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const read = readForm(agreeForm, context.fields)
  if (!read.ok) return agreePage(context, minutes, read.errors)
  const at = { areaId: minutes.head.areaId, id: read.value.at }
  await agreeMinutes(context.trx, context, minutes.head, read.value.version, at)
  return redirect(minutesPath(minutes.head.id), 'Recorded as agreed. Each side is now to sign them.')
}

async function askSign(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  return minutes === null ? notFound() : signPage(context, minutes, [])
}

function signPage(context: WorkspaceContext, minutes: Examination, faults: readonly FieldFault[]): Answer {
  return deedPage(context, minutes, 'sign', faults, minutesModel(minutes, []))
}

async function doSign(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const read = readForm(signForm, context.fields)
  if (!read.ok) return signPage(context, minutes, read.errors)
  await signMinutes(context.trx, context, minutes.head, read.value.version)
  return redirect(minutesPath(minutes.head.id), 'Signed.')
}

async function askPublish(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  return minutes === null ? notFound() : publishPage(context, minutes, [])
}

async function publishPage(
  context: WorkspaceContext,
  minutes: Examination,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const snapshot = await minutesSnapshot(context.trx, minutes.head, { type: 'public' })
  const withheld = minutes.items.filter(item => !isOpen(item)).map(gapNotice)
  return deedPage(context, minutes, 'publish', faults, {
    shown: snapshot.preview ?? [],
    withheld: withheld.map(({ number, gap }) => ({ heading: gap.title ?? `Item ${number}`, ground: gap.ground })),
    findings: findingLines(minutes),
    address: `/${context.viewer.area.slug}/${publicAddress(minutes.head)}`,
    asPublic: `/workspace/records/${minutes.head.id}/as-public`,
  })
}

async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const read = readForm(versionForm, context.fields)
  if (!read.ok) return publishPage(context, minutes, read.errors)
  const { address } = await publishMinutes(context.trx, context, minutes.head, read.value.version)
  return redirect(minutesPath(minutes.head.id), `Published at /${context.viewer.area.slug}/${address}`)
}
