import type { Owner } from '../../../record/record.ts'
import type { LeadRow } from './queries.ts'

/** Somebody who leads: in words always, and by identity where that is known. */
export interface NewLead {
  words: string
  owner: Owner | null
}

/** A lead as lists and rules read it; a substitute leads in the place of whom it stands in for. */
export type Lead = Pick<
  LeadRow,
  'id' | 'words' | 'person_id' | 'organisation_id' | 'role' | 'stands_in_for' | 'since' | 'until'
>

/** Those who lead now: whoever has left is out, and whoever has a substitute is led for by it. Pure. */
export function leadingNow<Row extends Lead>(leads: readonly Row[]): Row[] {
  const current = leads.filter(lead => lead.until === null)
  const replaced = new Set(current.map(lead => lead.stands_in_for))
  return current.filter(lead => !replaced.has(lead.id))
}

/** "Neil Hewison and Cheryl Bridges", "Jo Lee (standing in for Sam Ode)". Pure. */
export function leadsInWords(leads: readonly Lead[]): string {
  const byId = new Map(leads.map(lead => [lead.id, lead]))
  const words = leadingNow(leads).map(lead => {
    const absent = lead.stands_in_for === null ? undefined : byId.get(lead.stands_in_for)
    return absent === undefined ? lead.words : `${lead.words} (standing in for ${absent.words})`
  })
  return words.length === 0 ? 'nobody leads now' : new Intl.ListFormat('en-GB').format(words)
}

/** The owner that the record's head carries: the first who leads now and is known. Pure. */
export function ownerOf(leads: readonly Lead[]): Owner | null {
  const known = leadingNow(leads).find(lead => lead.organisation_id !== null)
  if (known === undefined || known.organisation_id === null) return null
  return {
    organisationId: known.organisation_id,
    ...(known.person_id !== null && { personId: known.person_id }),
    ...(known.role !== null && { role: known.role }),
  }
}

/** A lead's identity as columns hold it. */
export function ownerColumns(owner: Owner | null) {
  return {
    person_id: owner?.personId ?? null,
    organisation_id: owner?.organisationId ?? null,
    role: owner?.role ?? null,
  }
}
