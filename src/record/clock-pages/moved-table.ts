import type { CellModel, ColumnModel, RowModel } from '../../platform/web/patterns.ts'
import type { KnownRecord } from '../reminders/outside-words.ts'

export const movedColumns: readonly ColumnModel[] = [{ heading: 'Deadline' }, { heading: 'From' }, { heading: 'To' }]

/** One deadline that moves or moved. A record that the organisation does not know is named by its rule alone. */
export function movedRow(moved: {
  /** Of the rule. */
  title: string
  record: KnownRecord | undefined
  was: string
  now: string
}): RowModel {
  const { record } = moved
  const cells: CellModel[] = [
    record === undefined
      ? words(moved.title)
      : { type: 'text', text: `${record.reference}: ${record.title}`, href: record.path, hint: moved.title },
    words(moved.was),
    words(moved.now),
  ]
  return { cells }
}

const words = (text: string): CellModel => ({ type: 'text', text })
