import type { Role, Viewer } from '../../platform/access/viewer.ts'
import type { Act } from '../../record/record.ts'

/**
 * A side of a question: an organisation, and who asks or answers in it. The name is kept as it stood when the question
 * was put: "Jane Doe, Chief Constable"; a person without a public name appears by office alone.
 */
export interface Party {
  organisationId: string
  personId: string | null
  role: Role | null
  name: string
}

/** Somebody who does a deed of this module: besides who and when, the roles that the rules ask for. */
export interface ScrutinyAct extends Act {
  viewer: Pick<Viewer, 'userId' | 'personId' | 'name' | 'organisation' | 'roles'>
}

/** Who acts, as far as the rules ask. */
export interface Doer {
  userId: string
  personId: string | null
  organisationId: string
  roles: readonly Role[]
}

export function doerOf({ viewer }: ScrutinyAct): Doer {
  return {
    userId: viewer.userId,
    personId: viewer.personId,
    organisationId: viewer.organisation.id,
    roles: viewer.roles,
  }
}

export function hasRole(doer: Pick<Doer, 'roles'>, wanted: readonly Role[]): boolean {
  return doer.roles.some(role => wanted.includes(role))
}

/** A party as the columns of a table hold it, each column beginning with the side's word. */
export function partyColumns<Side extends string>(side: Side, party: Party) {
  return {
    [`${side}_organisation`]: party.organisationId,
    [`${side}_person`]: party.personId,
    [`${side}_role`]: party.role,
    [`${side}_name`]: party.name,
  } as PartyColumns<Side>
}

/** The columns of a table that hold a party. */
export type PartyColumns<Side extends string> = Record<`${Side}_organisation` | `${Side}_name`, string> &
  Record<`${Side}_person`, string | null> &
  Record<`${Side}_role`, Role | null>

/** Who asks, from the columns of a table. */
export function askerFrom(row: PartyColumns<'asker'>): Party {
  return {
    organisationId: row.asker_organisation,
    personId: row.asker_person,
    role: row.asker_role,
    name: row.asker_name,
  }
}

/** Who is asked. */
export function answererFrom(row: PartyColumns<'answerer'>): Party {
  const { answerer_organisation: organisationId, answerer_person: personId, answerer_role: role } = row
  return { organisationId, personId, role, name: row.answerer_name }
}

/** In whose name an answer stands. */
export function giverFrom(row: PartyColumns<'giver'>): Party {
  return {
    organisationId: row.giver_organisation,
    personId: row.giver_person,
    role: row.giver_role,
    name: row.giver_name,
  }
}
