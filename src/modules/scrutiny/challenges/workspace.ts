import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { answersReceived } from '../answers/received.ts'
import { attempt, keyOf, singleField } from '../handling.ts'
import { judgementOf } from '../judgements/queries.ts'
import { answerersFor, askerFor, partyChoices } from '../parties.ts'
import type { PartyOption } from '../parties.ts'
import { answerModel, judgementModel } from '../questions/pages.ts'
import { otherRegisters } from '../registers.ts'
import { challengeFields, readChallenge, readChangedChallenge, roomForSubjects } from './forms.ts'
import { challengeKind } from './kind.ts'
import { challengeActions, challengePath, challengeSummary, lettersModel } from './pages.ts'
import { findChallenge } from './queries.ts'
import type { Challenge } from './queries.ts'
import { attachLetter, changeChallenge, draftChallenge } from './send.ts'

const register = '/workspace/scrutiny/challenges'
const here = '/scrutiny/challenges'
const draft = 'scrutiny.draft-challenge'

export const challengeRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: here, permission: 'scrutiny.read', handler: showRegister },
  { method: 'GET', path: `${here}/new`, permission: draft, handler: showNew },
  { method: 'POST', path: here, permission: draft, handler: doDraft },
  { method: 'GET', path: `${here}/:id`, permission: 'scrutiny.read', handler: showChallenge },
  { method: 'GET', path: `${here}/:id/edit`, permission: draft, handler: showEdit },
  { method: 'POST', path: `${here}/:id/edit`, permission: draft, handler: doEdit },
]

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, challengeKind, {
    address: register,
    empty:
      'Formal challenges appear here when one is drafted: a letter to the chief constable on one or more subjects.',
    actions: [
      ...(context.may(draft) ? [{ text: 'Draft a formal challenge', href: `${register}/new` }] : []),
      ...otherRegisters(context, register),
    ],
  })
}

type Given = Partial<Pick<FormModel, 'faults' | 'refusals' | 'version'>>

function formPage(
  form: FormModel,
  answerers: readonly PartyOption[],
  title: string,
  back: { text: string; href: string },
): Answer {
  const model = {
    title,
    form,
    answerers: partyChoices(answerers),
    numbers: Array.from({ length: roomForSubjects }, (_, at) => at + 1),
    back,
  }
  const faulty = form.faults.length > 0 || (form.refusals?.length ?? 0) > 0
  return page('modules/scrutiny/views/challenge-form.njk', model, faulty ? 422 : 200)
}

function newPage(answerers: readonly PartyOption[], fields: FormModel['fields'], given: Given = {}): Answer {
  const form: FormModel = { action: register, fields, faults: [], ...given, files: true }
  return formPage(form, answerers, 'Draft a formal challenge', { text: 'Formal challenges', href: register })
}

async function showNew({ trx, viewer, today }: WorkspaceContext): Promise<Answer> {
  const answerers = await answerersFor(trx, viewer, today)
  return newPage(answerers, { answerer: answerers[0]?.value ?? '' })
}

async function doDraft(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, today, fields } = context
  const answerers = await answerersFor(trx, viewer, today)
  const read = readChallenge(fields, answerers)
  if (!read.ok) return newPage(answerers, fields, { faults: read.errors })
  return attempt(
    context,
    async () => {
      const asker = await askerFor(trx, viewer, today)
      const head = await draftChallenge(trx, context, viewer.area.id, { ...read.value, asker })
      await attachLetters(context, head)
      return {
        to: challengePath(head.id),
        notice: `${head.reference} is drafted. Nobody outside your organisation sees it.`,
      }
    },
    { refused: refusals => newPage(answerers, fields, { refusals }) },
  )
}

async function attachLetters(context: WorkspaceContext, key: { areaId: number; id: string }): Promise<void> {
  const title = singleField(context.fields, 'attachment-title')
  for (const upload of context.uploads.filter(each => each.field === 'attachment')) {
    await attachLetter(context.trx, context, key, upload, title === '' ? upload.fileName : title)
  }
}

async function showChallenge(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const challenge = await findChallenge(trx, keyOf(context))
  if (challenge === null) return notFound()
  const { head, row, subjects } = challenge
  const answers = await answersReceived(trx, viewer.organisation.id, head)
  const judgement = await judgementOf(trx, head)
  return page('modules/scrutiny/views/challenge.njk', {
    title: head.title,
    back: { text: 'Formal challenges', href: register },
    record: await recordModel(context, head, {
      summary: challengeSummary(challenge),
      actions: challengeActions(context, challenge),
    }),
    challenge: row,
    subjects,
    letters: lettersModel(challenge),
    answers: answers.map(answerModel),
    judgement: judgement === null ? null : judgementModel(judgement),
    state: head.state,
  })
}

async function showEdit(context: WorkspaceContext): Promise<Answer> {
  const challenge = await findChallenge(context.trx, keyOf(context))
  if (challenge === null) return notFound()
  const answerers = await answerersFor(context.trx, context.viewer, context.today)
  return editPage(challenge, answerers, challengeFields(challenge, answerers), { version: challenge.head.version })
}

function editPage(
  { head }: Challenge,
  answerers: readonly PartyOption[],
  fields: FormModel['fields'],
  given: Given,
): Answer {
  const form: FormModel = { action: `${challengePath(head.id)}/edit`, fields, faults: [], ...given, files: true }
  return formPage(form, answerers, `Change ${head.reference}`, { text: 'Back', href: challengePath(head.id) })
}

async function doEdit(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, today, fields } = context
  const challenge = await findChallenge(trx, keyOf(context))
  if (challenge === null) return notFound()
  const { head, row } = challenge
  const answerers = await answerersFor(trx, viewer, today)
  const version = Number(singleField(fields, 'version'))
  const read = readChangedChallenge(fields, answerers)
  if (!read.ok) return editPage(challenge, answerers, fields, { faults: read.errors, version })
  return attempt(
    context,
    async () => {
      await changeChallenge(trx, context, head, read.value.version, read.value)
      await attachLetters(context, head)
      return { to: challengePath(head.id), notice: 'The draft is changed.' }
    },
    {
      refused: refusals => editPage(challenge, answerers, fields, { refusals, version }),
      stale: {
        key: head,
        action: `${challengePath(head.id)}/edit`,
        stored: async () => [
          { field: 'title', label: 'Title', now: head.title },
          { field: 'letter', label: 'Letter', now: row.letter },
        ],
      },
    },
  )
}
