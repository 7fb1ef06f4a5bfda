import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { titleOf } from './add-person.ts'
import type { Person } from './people.ts'
import { updateOfficeHolder, updatePerson } from './queries.ts'

/**
 * Changes what is known of a person.
 *
 * @throws StaleRecord if someone else changed the record meanwhile
 */
export async function changePerson(
  trx: Trx,
  act: Act,
  of: { record: RecordHead; personId: string; version: number },
  changed: Pick<Person, 'name' | 'publicName' | 'alsoPrinted'> & { about: string | null },
): Promise<void> {
  const changes = { title: titleOf(changed), searchText: changed.alsoPrinted.join(' ') }
  await changeRecord(trx, act, of.record, of.version, changes, { kind: 'changed' })
  await updatePerson(trx, of.personId, {
    name: changed.name,
    public_name: changed.publicName,
    also_printed: [...changed.alsoPrinted],
  })
  await updateOfficeHolder(trx, of.record, changed.about)
}
