import type { Role, Viewer } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { findArea } from '../../record/areas.ts'
import { chiefOfficers, organisationsOf, postHolders } from '../organisations/index.ts'
import type { Organisation, PostHolder } from '../organisations/index.ts'
import type { Party } from './party.ts'

/** A party that may be chosen in a form, with the value that stands for it there. */
export interface PartyOption extends Party {
  value: string
}

type Asking = Pick<Viewer, 'area' | 'organisation' | 'personId' | 'roles'>

/**
 * Whom an organisation may ask: an office asks the chief officers of the area's force, a panel the commissioner.
 * Where nobody is known to be in post the office itself is asked, by its title.
 */
export async function answerersFor(trx: Trx, viewer: Asking, today: Temporal.PlainDate): Promise<PartyOption[]> {
  const asked = viewer.organisation.kind === 'panel' ? 'office' : 'force'
  const found = await organisationsOf(trx, viewer.area.id, asked)
  const options = await Promise.all(found.map(each => partiesOf(trx, viewer.area.id, each, today)))
  return options.flat()
}

/** In whose name an organisation may answer, the one at its head first. */
export async function giversFor(trx: Trx, viewer: Asking, today: Temporal.PlainDate): Promise<PartyOption[]> {
  const all = await organisationsOf(trx, viewer.area.id)
  const own = all.filter(each => each.id === viewer.organisation.id)
  const options = await Promise.all(own.map(each => partiesOf(trx, viewer.area.id, each, today)))
  return options.flat()
}

async function partiesOf(
  trx: Trx,
  areaId: number,
  organisation: Organisation,
  today: Temporal.PlainDate,
): Promise<PartyOption[]> {
  if (organisation.kind === 'force') {
    const officers = (await chiefOfficers(trx, organisation.id, today)).map(holder => toOption(holder, organisation))
    const led = officers.some(officer => officer.role === 'chief-constable')
    return led ? officers : [byTitle(organisation, 'chief-constable', 'Chief Constable'), ...officers]
  }
  const holders = await postHolders(trx, organisation.id, today)
  const of = (role: Role) => holders.filter(holder => holder.role === role).map(each => toOption(each, organisation))
  const commissioners = of('commissioner')
  const title = (await findArea(trx, areaId))?.office_title ?? 'Commissioner'
  const head = commissioners.length > 0 ? commissioners : [byTitle(organisation, 'commissioner', title)]
  return [...head, ...of('deputy-commissioner')]
}

function toOption(holder: PostHolder, organisation: Organisation): PartyOption {
  const name =
    holder.publicName === null ? `${holder.title}, ${organisation.name}` : `${holder.publicName}, ${holder.title}`
  return { value: holder.personId, organisationId: organisation.id, personId: holder.personId, role: holder.role, name }
}

function byTitle(organisation: Organisation, role: Role, title: string): PartyOption {
  const name = `${title}, ${organisation.name}`
  return { value: `${organisation.id}/${role}`, organisationId: organisation.id, personId: null, role, name }
}

/**
 * In whose name an organisation asks: an office in the commissioner's, a panel in that of the member who drafts, or in
 * its own where nobody of the public record does.
 */
export async function askerFor(trx: Trx, viewer: Asking, today: Temporal.PlainDate): Promise<Party> {
  if (viewer.organisation.kind !== 'panel') {
    const [head] = await giversFor(trx, viewer, today)
    if (head !== undefined) return withoutValue(head)
    return { ...bare(viewer), role: 'commissioner' }
  }
  const holders = await postHolders(trx, viewer.organisation.id, today)
  const self = holders.find(holder => holder.personId === viewer.personId && isMember(holder.role))
  if (self === undefined) return { ...bare(viewer), role: viewer.roles.find(isMember) ?? null }
  const name = self.publicName === null ? self.title : `${self.publicName}, ${self.title}`
  return { organisationId: viewer.organisation.id, personId: self.personId, role: self.role, name }
}

/**
 * In whose names this person may draft: a panel's clerk and its chair draft for every member, so that what members ask
 * at a meeting stands in the members' own names; everybody else in the one name that theirs comes to.
 */
export async function askersFor(trx: Trx, viewer: Asking, today: Temporal.PlainDate): Promise<PartyOption[]> {
  const own = await askerFor(trx, viewer, today)
  const self: PartyOption = { ...own, value: own.personId ?? 'own' }
  const forOthers = viewer.roles.some(role => role === 'panel-clerk' || role === 'panel-chair')
  if (viewer.organisation.kind !== 'panel' || !forOthers) return [self]
  const holders = (await postHolders(trx, viewer.organisation.id, today)).filter(each => isMember(each.role))
  const members = holders.map(({ personId, role, publicName, title }) => {
    const name = publicName === null ? title : `${publicName}, ${title}`
    return { value: personId, organisationId: viewer.organisation.id, personId, role, name }
  })
  return [self, ...members.filter(each => each.value !== self.value)]
}

function isMember(role: Role): boolean {
  return role === 'panel-member' || role === 'panel-chair'
}

function bare({ organisation, personId }: Asking): Party {
  return { organisationId: organisation.id, personId, role: null, name: organisation.name }
}

/** The party that a form's value stands for, or null. */
export function chosenParty(options: readonly PartyOption[], value: string): Party | null {
  const found = options.find(option => option.value === value)
  return found === undefined ? null : withoutValue(found)
}

/** The value that stands for a party already named, where it can still be chosen. */
export function valueOf(options: readonly PartyOption[], party: Party): string {
  const same = (option: PartyOption) =>
    option.organisationId === party.organisationId && option.personId === party.personId && option.role === party.role
  return options.find(same)?.value ?? ''
}

/** Parties as a form offers them. */
export function partyChoices(options: readonly PartyOption[]): { value: string; text: string }[] {
  return options.map(({ value, name }) => ({ value, text: name }))
}

function withoutValue({ value: _value, ...party }: PartyOption): Party {
  return party
}
