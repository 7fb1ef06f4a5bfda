import type { PublicContext } from '../../../platform/web/route.ts'
import { table, textCell } from '../tables.ts'
import type { TableModel } from '../tables.ts'
import { publicAddresses } from './office-holders.ts'
import type { OfficeHolderFacts } from './snapshot.ts'

/** The posts and seats of a person in tables; a body that is public now is linked. */
export async function officeHolderPublicExtra(
  { db, area, asOf }: PublicContext,
  body: Readonly<Record<string, unknown>>,
): Promise<{ tables: TableModel[] }> {
  const { posts, seats } = body as Pick<OfficeHolderFacts, 'posts' | 'seats'>
  const addresses = await publicAddresses(db, area.id, { ids: seats.map(seat => seat.body) }, asOf)
  const link = (id: string) => {
    const address = addresses.get(id)
    return address === undefined ? null : `/${area.slug}/${address}`
  }
  const postRows = posts.map(post => [textCell(post.title), textCell(post.where || 'Not known'), textCell(post.when)])
  const seatRows = seats.map(seat => [
    textCell(seat.where, link(seat.body)),
    textCell(seat.title),
    textCell(seat.authority),
    textCell(seat.when),
  ])
  return {
    tables: [
      ...(postRows.length === 0 ? [] : [table('Posts', ['Post', 'Organisation', 'When'], postRows)]),
      ...(seatRows.length === 0 ? [] : [table('Member of', ['Body', 'Capacity', 'Sits for', 'When'], seatRows)]),
    ],
  }
}
