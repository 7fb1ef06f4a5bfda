import { randomUUIDv7 } from 'node:crypto'
import type { OrganisationKind } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { slug } from '../../record/entries.ts'
import {
  insertArea,
  insertOrganisation,
  insertPolicingBody,
  insertSuccession,
  selectOrganisationBySlug,
  selectOrganisations,
  selectOrganisationsOfArea,
  selectPolicingBodies,
  selectSlugs,
  selectSuccessions,
} from './queries.ts'
import type { OrganisationRow, PolicingBodyRow, SuccessionRow } from './queries.ts'
import { freeSlug } from './free-slug.ts'

/** A public authority, council or other organisation. It belongs to no area; it serves some. */
export interface Organisation {
  id: string
  name: string
  shortName: string
  kind: OrganisationKind
  slug: string
  /** The council that hosts a panel. */
  hostId: string | null
  legalName: string | null
  validFrom: Temporal.PlainDate | null
  validTo: Temporal.PlainDate | null
}

export interface NewOrganisation {
  id?: string
  name: string
  /** As it stands in lists; the name unless said. */
  shortName?: string
  kind: OrganisationKind
  /** Made from the name unless said; unique in the installation. */
  slug?: string
  hostId?: string | null
  legalName?: string | null
  validFrom?: Temporal.PlainDate | null
  validTo?: Temporal.PlainDate | null
  /** The areas it serves. */
  areas: readonly number[]
}

/** Adds an organisation, and says which areas it serves. */
export async function addOrganisation(trx: Trx, made: NewOrganisation): Promise<Organisation> {
  const wanted = made.slug ?? slug(made.name)
  const organisation: Organisation = {
    id: made.id ?? randomUUIDv7(),
    name: made.name,
    shortName: made.shortName ?? made.name,
    kind: made.kind,
    slug: freeSlug(wanted, await selectSlugs(trx, 'organisations', wanted)),
    hostId: made.hostId ?? null,
    legalName: made.legalName ?? null,
    validFrom: made.validFrom ?? null,
    validTo: made.validTo ?? null,
  }
  await insertOrganisation(trx, toRow(organisation))
  for (const area of made.areas) await insertArea(trx, organisation.id, area)
  return organisation
}

/** Says that an organisation serves an area; saying it again changes nothing. */
export async function serveArea(trx: Trx, organisationId: string, areaId: number): Promise<void> {
  await insertArea(trx, organisationId, areaId)
}

export async function findOrganisation(trx: Trx, id: string): Promise<Organisation | null> {
  const [found] = await findOrganisations(trx, [id])
  return found ?? null
}

/** Several organisations by name; those that are not there are left out. */
export async function findOrganisations(trx: Trx, ids: readonly string[]): Promise<Organisation[]> {
  return (await selectOrganisations(trx, ids)).map(toOrganisation)
}

export async function findOrganisationBySlug(trx: Trx, slug: string): Promise<Organisation | null> {
  const row = await selectOrganisationBySlug(trx, slug)
  return row === undefined ? null : toOrganisation(row)
}

/** The organisations that serve an area: offices, forces, panels, councils, others; by name within a kind. */
export async function organisationsOf(trx: Trx, areaId: number, kind?: OrganisationKind): Promise<Organisation[]> {
  return (await selectOrganisationsOfArea(trx, areaId, kind ?? null)).map(toOrganisation)
}

/** Names of organisations by id. */
export async function organisationNames(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await selectOrganisations(trx, ids)).map(row => [row.id, row.name]))
}

/**
 * A local policing body: whom the law makes responsible for policing in an area, from when to when. Its office is an
 * organisation and may serve one after the other.
 */
export interface PolicingBody {
  id: string
  areaId: number
  organisationId: string
  kind: PolicingBodyRow['kind']
  legalName: string
  validFrom: Temporal.PlainDate | null
  validTo: Temporal.PlainDate | null
}

export async function addPolicingBody(
  trx: Trx,
  made: Omit<PolicingBody, 'id'> & { id?: string },
): Promise<PolicingBody> {
  const body = { ...made, id: made.id ?? randomUUIDv7() }
  await insertPolicingBody(trx, {
    id: body.id,
    area_id: body.areaId,
    organisation_id: body.organisationId,
    kind: body.kind,
    legal_name: body.legalName,
    valid_from: body.validFrom,
    valid_to: body.validTo,
  })
  return body
}

/** The local policing bodies of an area, earliest first. */
export async function policingBodiesOf(trx: Trx, areaId: number): Promise<PolicingBody[]> {
  return (await selectPolicingBodies(trx, areaId)).map(row => ({
    id: row.id,
    areaId: row.area_id,
    organisationId: row.organisation_id,
    kind: row.kind,
    legalName: row.legal_name,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

/** Who took over from whom. Without a date nothing was transferred yet, and none is inferred from an announcement. */
export interface Succession {
  id: string
  from: readonly string[]
  to: readonly string[]
  effectiveOn: Temporal.PlainDate | null
  instrument: string | null
  scope: readonly ('POLICING' | 'FIRE' | 'ASSETS' | 'STAFF' | 'RECORDS')[]
}

export async function addSuccession(trx: Trx, made: Omit<Succession, 'id'>): Promise<void> {
  await insertSuccession(trx, {
    id: randomUUIDv7(),
    from_bodies: [...made.from],
    to_bodies: [...made.to],
    effective_on: made.effectiveOn,
    instrument: made.instrument,
    scope: [...made.scope],
  })
}

/** The successions that some local policing bodies took part in, those without a date last. */
export async function successionsOf(trx: Trx, policingBodyIds: readonly string[]): Promise<SuccessionRow[]> {
  return selectSuccessions(trx, policingBodyIds)
}

function toRow(organisation: Organisation): OrganisationRow {
  return {
    id: organisation.id,
    name: organisation.name,
    short_name: organisation.shortName,
    kind: organisation.kind,
    slug: organisation.slug,
    host_id: organisation.hostId,
    legal_name: organisation.legalName,
    valid_from: organisation.validFrom,
    valid_to: organisation.validTo,
  }
}

function toOrganisation(row: OrganisationRow): Organisation {
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    kind: row.kind,
    slug: row.slug,
    hostId: row.host_id,
    legalName: row.legal_name,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }
}
