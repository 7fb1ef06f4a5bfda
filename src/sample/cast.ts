import { randomUUIDv7 } from 'node:crypto'
import type { Role, Viewer, ViewerArea } from '../platform/access/viewer.ts'
import type { Trx } from '../platform/database/tables.ts'
import { addOrganisation, addPolicingBody } from '../modules/organisations/index.ts'
import { addArea } from '../record/areas.ts'
import type { Area } from '../record/areas.ts'
import { ByKey } from './by-key.ts'
import type { InventedOrganisation } from './invented/facts.ts'

/** The organisations and people of the sample areas. Neither belong to an area, and papers speak of them across areas. */
export interface Cast {
  organisations: ByKey<Viewer['organisation']>
  /** Ids of people. */
  people: ByKey<string>
}

/** Gives each organisation its identity, so that a transaction can act for all of them from its beginning. */
export function castOf(organisations: readonly InventedOrganisation[]): Cast {
  const cast: Cast = { organisations: new ByKey('organisation'), people: new ByKey('person') }
  for (const { key, name, kind } of organisations) cast.organisations.set(key, { id: randomUUIDv7(), name, kind })
  return cast
}

/** Adds an area of the demonstration. */
export async function addSampleArea(
  trx: Trx,
  area: Omit<Area, 'office_title' | 'demonstration'>,
  members: readonly number[] = [],
): Promise<ViewerArea> {
  await addArea(trx, { ...area, office_title: 'Police and Crime Commissioner', demonstration: true }, members)
  return { id: area.id, slug: area.slug, name: area.name, historical: area.historical }
}

/** Adds organisations of an area, hosts before those they host, and the policing body that an office serves. */
export async function addOrganisations(
  trx: Trx,
  cast: Cast,
  areaId: number,
  organisations: readonly InventedOrganisation[],
): Promise<void> {
  const hostsFirst = organisations.toSorted((a, b) => Number(a.hostedBy != null) - Number(b.hostedBy != null))
  for (const { key, name, kind, hostedBy, policingBody } of hostsFirst) {
    const hostId = hostedBy == null ? null : cast.organisations.get(hostedBy).id
    const { id } = cast.organisations.get(key)
    await addOrganisation(trx, { id, name, kind, hostId, areas: [areaId] })
    if (policingBody === undefined) continue
    const legalName = name.replace(/^Office of the /, '')
    await addPolicingBody(trx, {
      ...{ areaId, organisationId: id, kind: policingBody, legalName },
      ...{ validFrom: null, validTo: null },
    })
  }
}

/** Whoever keeps an organisation's part of the record, where no person of the sample data is said to do it. */
export function keeperOf(organisation: Viewer['organisation'], area: ViewerArea, name: string): Viewer {
  const role: Role = organisation.kind === 'panel' ? 'panel-clerk' : 'administrator'
  return { userId: `keeper-of-${organisation.id}`, personId: null, name, organisation, area, roles: [role] }
}
