import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import { slug } from '../../../record/entries.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { createRecord, findRecord } from '../../../record/records.ts'
import { freeSlug } from '../free-slug.ts'
import { selectSlugs } from '../queries.ts'
import { officeHolderOfPerson } from './office-holders.ts'
import { findPersons } from './people.ts'
import type { Person } from './people.ts'
import { insertOfficeHolder, insertPerson } from './queries.ts'

export interface NewPerson {
  areaId: number
  name: string
  /** The name the public may read, or null for someone who appears by role alone. */
  publicName: string | null
  alsoPrinted?: readonly string[]
  about?: string | null
  /** Who keeps the record; the organisation that acts unless said. */
  holders?: readonly string[]
  /** The day the record speaks of; today unless said. */
  dated?: Temporal.PlainDate
}

/**
 * Adds a person and the record that an organisation keeps of them as an office-holder in an area.
 *
 * @returns the person's id, and the record as saved
 */
export async function addPerson(
  trx: Trx,
  act: Act,
  made: NewPerson,
): Promise<{ personId: string; record: RecordHead }> {
  const id = randomUUIDv7()
  const wanted = slug(made.publicName ?? made.name)
  await insertPerson(trx, {
    id,
    slug: freeSlug(wanted, await selectSlugs(trx, 'people', wanted)),
    name: made.name,
    public_name: made.publicName,
    also_printed: [...(made.alsoPrinted ?? [])],
  })
  return { personId: id, record: await addOfficeHolder(trx, act, { ...made, personId: id }) }
}

/**
 * Keeps a record of somebody already known as an office-holder in an area: one person may hold posts in two offices.
 * Where the organisation has one already, that one is returned.
 */
export async function addOfficeHolder(
  trx: Trx,
  act: Act,
  made: Pick<NewPerson, 'areaId' | 'about' | 'holders' | 'dated'> & { personId: string },
): Promise<RecordHead> {
  const known = await officeHolderOfPerson(trx, made.areaId, made.personId, act.viewer.organisation.id)
  const kept = known && (await findRecord(trx, known))
  if (kept) return kept
  const [person] = await findPersons(trx, [made.personId])
  if (person === undefined) throw new Error(`There is no person ${made.personId}`)
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'office-holder',
    title: titleOf(person),
    state: 'not-known',
    ...(made.holders !== undefined && { holders: made.holders }),
    ...(made.dated !== undefined && { dated: made.dated }),
    searchText: person.alsoPrinted.join(' '),
  })
  await insertOfficeHolder(trx, {
    area_id: made.areaId,
    record_id: record.id,
    person_id: person.id,
    about: made.about ?? null,
  })
  return record
}

/** What an office-holder's record is called: the name as the public may read it, where it may. */
export function titleOf(person: Pick<Person, 'name' | 'publicName'>): string {
  return person.publicName ?? person.name
}
