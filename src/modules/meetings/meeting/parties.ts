import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findBody, findOrganisations } from '../../organisations/index.ts'
import type { Organisation } from '../../organisations/index.ts'

/** The organisations of a meeting, as far as its papers concern them. */
export interface Parties {
  /** Whose meetings' records these are: they read every item, and the minutes are theirs together. */
  joint: readonly Organisation[]
  /** Those that attend besides: they are sent what the public would be given. */
  attending: readonly Organisation[]
}

/**
 * Who is party to a body's meetings: those that hold the body; and the force that sits on a board of its
 * commissioner, since minutes of holding to account are agreed by both sides. The organisation that acts comes first.
 */
export async function partiesOf(trx: Trx, body: RecordKey, acting: string): Promise<Parties> {
  const found = await findBody(trx, body)
  const sides = await findOrganisations(trx, found?.sides ?? [])
  const holders = await findOrganisations(trx, [...new Set([acting, ...(found?.holders ?? [])])])
  const board = holders.some(each => each.kind === 'office')
  const forces = board ? sides.filter(each => each.kind === 'force' && !holders.some(({ id }) => id === each.id)) : []
  const joint = [...holders, ...forces]
  return {
    joint: joint.sort((a, b) => Number(b.id === acting) - Number(a.id === acting)),
    attending: sides.filter(side => !joint.some(each => each.id === side.id)),
  }
}
