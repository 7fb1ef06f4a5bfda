import type { CellModel, LinkModel } from '../../../platform/web/patterns.ts'
import type { WorkspaceContext } from '../../../platform/web/route.ts'
import { areaToday } from '../../../record/areas.ts'
import { organisationNames } from '../organisations.ts'
import { findPersons } from '../people/people.ts'
import { roleTitle } from '../roles.ts'
import { table, textCell } from '../tables.ts'
import type { TableModel } from '../tables.ts'
import { holds, termWords } from '../terms.ts'
import type { Holding } from '../terms.ts'
import { membershipsOf } from './bodies.ts'
import type { Body, Membership } from './bodies.ts'
import { capacityWords } from './words.ts'

/** The seats of a body in tables: held today, not known, and the others. */
export async function memberTables(context: WorkspaceContext, body: Body): Promise<TableModel[]> {
  const { trx } = context
  const memberships = await membershipsOf(trx, body)
  const people = await findPersons(
    trx,
    memberships.flatMap(each => each.personId ?? []),
  )
  const names = new Map(people.map(person => [person.id, person.name]))
  const organisations = await organisationNames(
    trx,
    memberships.flatMap(each => each.organisationId ?? []),
  )
  const today = await areaToday(trx, body.areaId, context.now)
  const mayEnd = context.may('organisations.edit')
  const which = (caption: string, held: Holding) => {
    const seats = memberships.filter(membership => holds(membership.term, today) === held)
    const rows = seats.map(seat => memberRow(seat, names, organisations, { mayEnd, form: body.form }))
    return rows.length === 0 ? [] : [table(caption, ['Member', 'Capacity', 'Sits for', 'When', 'Change'], rows)]
  }
  return [
    ...which('Members today', 'yes'),
    ...which('Not known whether they still sit', 'not-known'),
    ...which('Earlier and later members', 'no'),
  ]
}

function memberRow(
  membership: Membership,
  names: ReadonlyMap<string, string>,
  organisations: ReadonlyMap<string, string>,
  { mayEnd, form }: { mayEnd: boolean; form: Body['form'] },
): CellModel[] {
  const { personId, organisationId, role, term } = membership
  const place = organisations.get(organisationId ?? '')
  const byRole = role === null ? 'Not named' : [roleTitle(role), ...(place === undefined ? [] : [place])].join(', ')
  return [
    textCell(names.get(personId ?? '') ?? byRole),
    textCell(membership.title ?? capacityWords(membership.capacity)),
    textCell(membership.authority),
    textCell(termWords(term)),
    { type: 'links', links: mayEnd ? seatLinks(membership, form) : [] },
  ]
}

/** What may be recorded of a seat that goes on. */
function seatLinks({ id, personId, capacity, term }: Membership, form: Body['form']): LinkModel[] {
  if (term.ended !== null) return []
  const path = `/workspace/organisations/memberships/${id}`
  const discloses = form === 'panel' && personId !== null && capacity !== 'attending'
  return [
    { text: 'End this membership', href: `${path}/end` },
    ...(discloses ? [{ text: 'Record a disclosure', href: `${path}/disclosure` }] : []),
  ]
}
