import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import type { CellModel } from '../../platform/web/patterns.ts'
import { areaToday } from '../../record/areas.ts'
import { findOrganisation, organisationsOf, policingBodiesOf } from './organisations.ts'
import type { Organisation } from './organisations.ts'
import { officeHoldersOf } from './people/office-holders.ts'
import { appointmentsOf, findPersons, postHolders } from './people/people.ts'
import type { Appointment } from './people/people.ts'
import { table, textCell } from './tables.ts'
import { holds, termWords } from './terms.ts'
import type { Holding } from './terms.ts'

/** One's own organisation: what it is, who is in which post, and whom to turn to in the others. */
export async function showOrganisation(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const today = await areaToday(trx, viewer.area.id, context.now)
  const organisation = await findOrganisation(trx, viewer.organisation.id)
  const host = organisation?.hostId == null ? null : await findOrganisation(trx, organisation.hostId)
  return page('modules/organisations/views/organisation.njk', {
    title: viewer.organisation.name,
    summary: [
      { key: 'Legal name', value: { type: 'text', text: organisation?.legalName ?? viewer.organisation.name } },
      ...(host === null ? [] : [{ key: 'Host', value: { type: 'text', text: host.name } }]),
      ...(await policingBodyRows(context)),
    ],
    ...(await ownPosts(context, today)),
    others: await otherOrganisations(context, today),
    mayManageUsers: context.may('organisations.manage-users'),
  })
}

async function policingBodyRows({ trx, viewer }: WorkspaceContext) {
  const own = (await policingBodiesOf(trx, viewer.area.id)).filter(
    each => each.organisationId === viewer.organisation.id,
  )
  return own.map(body => {
    const when = termWords({
      started: body.validFrom?.toString() ?? null,
      ended: body.validTo?.toString() ?? null,
      endUnknown: false,
      shown: [],
    })
    const text = when === '' ? body.legalName : `${body.legalName}. ${when}.`
    return { key: 'Local policing body', value: { type: 'text', text } }
  })
}

async function ownPosts(context: WorkspaceContext, today: Temporal.PlainDate) {
  const { trx, viewer } = context
  const posts = await appointmentsOf(trx, { organisationIds: [viewer.organisation.id] })
  const here = posts.filter(post => post.areaId === viewer.area.id)
  const people = await findPersons(
    trx,
    here.flatMap(post => post.personId ?? []),
  )
  const names = new Map(people.map(person => [person.id, person.name]))
  const holders = await officeHoldersOf(trx, viewer.area.id)
  const records = new Map(holders.map(holder => [holder.personId, holder.id]))
  const row = (post: Appointment): CellModel[] => {
    const record = records.get(post.personId ?? '')
    const page = record === undefined ? null : `/workspace/organisations/people/${record}`
    return [
      textCell(post.title),
      textCell(names.get(post.personId ?? '') ?? 'Not named', page),
      textCell(termWords(post.term)),
      ...(context.may('organisations.edit') ? [endCell(post)] : []),
    ]
  }
  const which = (caption: string, held: Holding) => {
    const rows = here.filter(post => holds(post.term, today) === held).map(row)
    return rows.length === 0 ? [] : [table(caption, postHeadings(context), rows)]
  }
  return {
    posts: [
      ...which('Posts today', 'yes'),
      ...which('Not known whether still in post', 'not-known'),
      ...which('Earlier and later posts', 'no'),
    ],
  }
}

function postHeadings(context: WorkspaceContext): string[] {
  return ['Post', 'Held by', 'When', ...(context.may('organisations.edit') ? ['Change'] : [])]
}

function endCell(post: Appointment): CellModel {
  const href = `/workspace/organisations/appointments/${post.id}/end`
  return post.term.ended === null ? textCell('End this post', href) : textCell('')
}

async function otherOrganisations({ trx, viewer }: WorkspaceContext, today: Temporal.PlainDate) {
  const others = (await organisationsOf(trx, viewer.area.id)).filter(({ id }) => id !== viewer.organisation.id)
  return Promise.all(others.map(other => directoryLine(trx, other, today)))
}

async function directoryLine(trx: WorkspaceContext['trx'], other: Organisation, today: Temporal.PlainDate) {
  const holders = await postHolders(trx, other.id, today)
  return { name: other.name, posts: holders.map(({ title, name }) => ({ title, name })) }
}
