import type { z } from 'zod'
import { Refusal } from '../../platform/refusals.ts'
import { readForm, webAddress } from '../../platform/web/form.ts'
import type { FieldFault } from '../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { attach, attachmentsOf, releaseAttachments } from '../../record/files.ts'
import { recordModel } from '../../record/record-pages.ts'
import { workspaceRegisterPage } from '../../record/workspace-pages.ts'
import {
  actorOf,
  addUpdate,
  cancelAction,
  changeDue,
  closeAction,
  loadAction,
  reopenAction,
  reportDone,
} from './follow-action.ts'
import type { LoadedAction } from './follow-action.ts'
import { closingForm, dueForm, evidenceForm, reasonForm, updateForm } from './forms.ts'
import { actionKind } from './kind.ts'
import { actionActions, actionPath, actionSummary, deedForm, evidenceModel } from './pages.ts'
import { dueChangesOf, findActions, updatesOf } from './queries.ts'

const register = '/workspace/follow-up/actions'

export const workspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/follow-up/actions', permission: 'follow-up.read', handler: showRegister },
  { method: 'GET', path: '/follow-up/actions/:id', permission: 'follow-up.read', handler: showAction },
  { method: 'GET', path: '/follow-up/actions/:id/update', permission: 'follow-up.update', handler: ask('update') },
  { method: 'POST', path: '/follow-up/actions/:id/update', permission: 'follow-up.update', handler: doUpdate },
  { method: 'GET', path: '/follow-up/actions/:id/evidence', permission: 'follow-up.update', handler: ask('evidence') },
  { method: 'POST', path: '/follow-up/actions/:id/evidence', permission: 'follow-up.update', handler: doAttach },
  { method: 'GET', path: '/follow-up/actions/:id/report', permission: 'follow-up.update', handler: ask('report') },
  { method: 'POST', path: '/follow-up/actions/:id/report', permission: 'follow-up.update', handler: doReport },
  { method: 'GET', path: '/follow-up/actions/:id/close', permission: 'follow-up.close', handler: ask('close') },
  { method: 'POST', path: '/follow-up/actions/:id/close', permission: 'follow-up.close', handler: doClose },
  { method: 'GET', path: '/follow-up/actions/:id/reopen', permission: 'follow-up.close', handler: ask('reopen') },
  { method: 'POST', path: '/follow-up/actions/:id/reopen', permission: 'follow-up.close', handler: doReopen },
  { method: 'GET', path: '/follow-up/actions/:id/due', permission: 'follow-up.redate', handler: ask('due') },
  { method: 'POST', path: '/follow-up/actions/:id/due', permission: 'follow-up.redate', handler: doChangeDue },
  { method: 'GET', path: '/follow-up/actions/:id/cancel', permission: 'follow-up.close', handler: ask('cancel') },
  { method: 'POST', path: '/follow-up/actions/:id/cancel', permission: 'follow-up.close', handler: doCancel },
  {
    method: 'POST',
    path: '/follow-up/actions/:id/public-evidence',
    permission: 'follow-up.publish',
    handler: choosePublicEvidence,
  },
]

type Deed = 'update' | 'evidence' | 'report' | 'close' | 'reopen' | 'due' | 'cancel'

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, actionKind, {
    address: register,
    empty: 'Actions appear here when they are raised in minutes or from a judgement.',
    columns: [{ heading: 'Lead' }],
    cells: async records => {
      const actions = await findActions(
        context.trx,
        context.viewer.area.id,
        records.map(record => record.id),
      )
      return new Map([...actions].map(([id, action]) => [id, [{ type: 'text', text: action.lead_words }]]))
    },
  })
}

function load(context: WorkspaceContext): Promise<LoadedAction | null> {
  return loadAction(context.trx, { areaId: context.viewer.area.id, id: context.params['id'] ?? '' })
}

async function showAction(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { record, action } = loaded
  const attachments = await attachmentsOf(context.trx, record)
  return page('modules/follow-up/views/action.njk', {
    title: record.title,
    breadcrumbs: [{ text: 'Actions', href: register }],
    record: await recordModel(context, record, {
      summary: actionSummary(loaded),
      actions: actionActions(loaded, actorOf(context), permission => context.may(permission)),
    }),
    action,
    updates: await updatesOf(context.trx, record),
    dueChanges: await dueChangesOf(context.trx, record),
    evidence: evidenceModel(attachments),
    attachments,
    mayPublish: context.may('follow-up.publish') && action.raised_by_organisation === context.viewer.organisation.id,
  })
}

function ask(deed: Deed) {
  return async (context: WorkspaceContext): Promise<Answer> => {
    const loaded = await load(context)
    return loaded === null ? notFound() : deedPage(loaded, deed, context, [])
  }
}

function deedPage(
  { record }: LoadedAction,
  deed: Deed,
  context: WorkspaceContext,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Answer {
  const form = deedForm(record.id, deed, record.version, context.fields, faults, refusals)
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page(
    `modules/follow-up/views/${deed}.njk`,
    { title: record.title, form, back: { text: 'Back', href: actionPath(record.id) } },
    status,
  )
}

/** Said where somebody else did something to the action while a form was being filled in. */
const changedMeanwhile = 'The action was changed after you opened this page. Read it once more, then send this again.'

/**
 * What every deed with a form has in common: load, read the form, do it, return to the action. Where it does not come
 * about, the form comes back with the reasons and with what was typed.
 */
async function withForm<Shape extends z.ZodRawShape>(
  context: WorkspaceContext,
  deed: Deed,
  schema: z.ZodObject<Shape>,
  act: (loaded: LoadedAction, value: z.output<z.ZodObject<Shape>>) => Promise<string>,
): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const read = readForm(schema, context.fields)
  if (!read.ok) return deedPage(loaded, deed, context, read.errors)
  const { version } = context.fields
  if ('version' in schema.shape && version !== String(loaded.record.version)) {
    return deedPage(loaded, deed, context, [], [changedMeanwhile])
  }
  try {
    return redirect(actionPath(loaded.record.id), await act(loaded, read.value))
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return deedPage(loaded, deed, context, [], fault.reasons)
  }
}

function doUpdate(context: WorkspaceContext): Promise<Answer> {
  return withForm(context, 'update', updateForm, async ({ record }, value) => {
    await addUpdate(context.trx, context, record, value.text)
    return 'Update added'
  })
}

async function doAttach(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const read = readForm(evidenceForm, context.fields)
  if (!read.ok) return deedPage(loaded, 'evidence', context, read.errors)
  const upload = context.uploads.find(each => each.field === 'evidence-file')
  const link = read.value['evidence-link']
  const what = upload !== undefined ? { upload } : link === null ? null : { url: link }
  const fault = evidenceFault(upload !== undefined, link)
  if (what === null || fault !== null) {
    return deedPage(loaded, 'evidence', context, [fault ?? { field: 'evidence-file', message: 'Choose a file' }])
  }
  await attach(context.trx, context, loaded.record, what, read.value['evidence-title'], 'evidence')
  return redirect(actionPath(loaded.record.id), 'Evidence attached')
}

function evidenceFault(hasFile: boolean, link: string | null): FieldFault | null {
  if (!hasFile && link === null) return { field: 'evidence-file', message: 'Choose a file or give a link' }
  if (hasFile && link !== null) return { field: 'evidence-link', message: 'Give a file or a link, not both' }
  if (link === null) return null
  const checked = webAddress('Give a link').safeParse(link)
  return checked.success ? null : { field: 'evidence-link', message: checked.error.issues[0]?.message ?? '' }
}

async function doReport(context: WorkspaceContext): Promise<Answer> {
  return withForm(context, 'report', reasonForm.pick({ version: true }), async ({ record }, { version }) => {
    await reportDone(context.trx, context, record, version)
    return 'Reported done. The body that raised it decides whether it is closed.'
  })
}

function doClose(context: WorkspaceContext): Promise<Answer> {
  return withForm(context, 'close', closingForm, async ({ record }, { version, ...closing }) => {
    await closeAction(context.trx, context, record, version, closing)
    return 'Action closed'
  })
}

function doReopen(context: WorkspaceContext): Promise<Answer> {
  return withForm(context, 'reopen', reasonForm, async ({ record }, { version, reason }) => {
    await reopenAction(context.trx, context, record, version, reason)
    return 'Action re-opened'
  })
}

function doCancel(context: WorkspaceContext): Promise<Answer> {
  return withForm(context, 'cancel', reasonForm, async ({ record }, { version, reason }) => {
    await cancelAction(context.trx, context, record, version, reason)
    return 'Action cancelled'
  })
}

function doChangeDue(context: WorkspaceContext): Promise<Answer> {
  return withForm(context, 'due', dueForm, async ({ record }, { version, due, reason }) => {
    await changeDue(context.trx, context, record, version, { kind: 'date', date: due }, reason)
    return 'Date changed. The date first set stays on record.'
  })
}

async function choosePublicEvidence(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const chosen = context.fields['public']
  const ids = chosen === undefined ? [] : typeof chosen === 'string' ? [chosen] : [...chosen]
  const known = (await attachmentsOf(context.trx, loaded.record)).map(each => each.id)
  await releaseAttachments(
    context.trx,
    loaded.record,
    ids.filter(id => known.includes(id)),
  )
  return redirect(actionPath(loaded.record.id), 'Saved. Publish the action again to show the change.')
}
