import type { CellModel } from '../../../platform/web/patterns.ts'
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
    const rows = seats.map(seat => memberRow(seat, names, organisations, mayEnd))
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
  mayEnd: boolean,
): CellModel[] {
  const { personId, organisationId, role, term } = membership
  const place = organisations.get(organisationId ?? '')
  const byRole = role === null ? 'Not named' : [roleTitle(role), ...(place === undefined ? [] : [place])].join(', ')
  return [
    textCell(names.get(personId ?? '') ?? byRole),
    textCell(membership.title ?? capacityWords(membership.capacity)),
    textCell(membership.authority),
    textCell(termWords(term)),
    mayEnd && term.ended === null
      ? textCell('End this membership', `/workspace/organisations/memberships/${membership.id}/end`)
      : textCell(''),
  ]
}
