/**
 * The amounts above which the Specified Information Order asks for publication. Amounts are in pence, so that a penny
 * decides: £500.00 is not over £500, £500.01 is.
 */
const spendingOver = 50_000
const contractOver = 1_000_000

/** Item 3(g): whether one item of expenditure is published. */
export function isSpendingPublished(pence: number): boolean {
  return pence > spendingOver
}

/** Where a contract of this value goes: a copy under item 4(b), or a line in the list of item 4(d). */
export function itemOfContract(pence: number): 'SIO-4B' | 'SIO-4D' {
  return pence > contractOver ? 'SIO-4B' : 'SIO-4D'
}
