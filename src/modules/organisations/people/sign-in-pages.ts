import { z } from 'zod'
import { seatsIn } from '../../../platform/access/seats.ts'
import { tieUser, userOfPerson } from '../../../platform/access/users.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { optionalId, readForm } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { changeRecord } from '../../../record/records.ts'
import { openPerson } from './pages.ts'
import type { OpenedPerson } from './pages.ts'

const signInForm = z.object({ user: optionalId('Choose a user from the list') })

const addressOf = ({ record }: OpenedPerson) => `/workspace/organisations/people/${record.id}`

/** The users of the viewer's organisation, each once, as a form offers them. */
async function usersHere({ trx, viewer, today }: WorkspaceContext): Promise<{ value: string; text: string }[]> {
  const place = { organisationId: viewer.organisation.id, areaId: viewer.area.id }
  const users = new Map((await seatsIn(trx, place, today)).map(seat => [seat.userId, `${seat.name}, ${seat.email}`]))
  return [...users].map(([value, text]) => ({ value, text }))
}

/** Asks which user this person is when they sign in. */
export async function askSignIn(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPerson(context)
  if (opened === null) return notFound()
  const user = await userOfPerson(context.trx, opened.person.id)
  return signInPage(context, opened, { user: user?.id ?? '' }, [])
}

async function signInPage(
  context: WorkspaceContext,
  opened: OpenedPerson,
  fields: WorkspaceContext['fields'],
  faults: readonly FieldFault[],
): Promise<Answer> {
  const model = {
    title: `Who signs in as ${opened.person.name}?`,
    back: { text: 'Back', href: addressOf(opened) },
    users: await usersHere(context),
    form: { action: `${addressOf(opened)}/sign-in`, fields, faults },
  }
  return page('modules/organisations/views/sign-in-as.njk', model, faults.length > 0 ? 422 : 200)
}

/** Ties the person to a user of the organisation: what waits for the person is then that user's work. */
export async function saveSignIn(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPerson(context)
  if (opened === null) return notFound()
  const read = readForm(signInForm, context.fields)
  if (!read.ok) return signInPage(context, opened, context.fields, read.errors)
  const chosen = read.value.user
  const offered = await usersHere(context)
  if (chosen !== null && !offered.some(each => each.value === chosen)) {
    return signInPage(context, opened, context.fields, [{ field: 'user', message: 'Choose a user from the list' }])
  }
  await tieUser(context.trx, opened.person.id, chosen)
  await changeRecord(context.trx, context, opened.record, null, {}, { kind: 'tied' })
  return redirect(addressOf(opened), chosen === null ? 'Nobody signs in as this person' : 'Saved')
}
