/** Whose meetings a body's are: the first of those that hold it. */
const keepers: Readonly<Record<string, string>> = {
  'warwickshire-panel-body': 'warwickshire-panel',
  'budget-working-group': 'warwickshire-panel',
  'west-mercia-panel-body': 'west-mercia-panel',
  'governance-and-performance-board': 'warwickshire-office',
}

/** @returns the key of the organisation that keeps the record of a body's meetings */
export function keeperOfBody(body: string): string {
  return keepers[body] ?? 'warwickshire-office'
}
