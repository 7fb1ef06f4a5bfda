import type { Command } from '../platform/commands/command.ts'
import { table } from '../platform/commands/table.ts'
import { openDatabase } from '../platform/database/open.ts'
import type { Trx } from '../platform/database/tables.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import { sql } from 'kysely'
import { verifyHistory } from './history.ts'

/** Checks every area's history from its first event. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'check that nobody has rewritten the history',
  usage: [
    'npx peelian verify [--against HASH]',
    '',
    'HASH is a daily head that somebody else kept, from <area>/history.atom.',
    'Ends with exit code 1 if any link of the chain is broken.',
  ],
  options: { against: { type: 'string' } },
  words: [0, 0],
  async run({ configuration, output, typed }) {
    const database = await openDatabase(configuration())
    try {
      const organisations = await inTransaction(database.program, null, everyOrganisation)
      const against = typeof typed.options['against'] === 'string' ? typed.options['against'] : undefined
      const result = await inTransaction(database.program, organisations, trx => verifyHistory(trx, against))
      output.result({ events: result.events, erased: result.erased, broken: result.broken }, () => [
        `${result.events.toLocaleString('en-GB')} events checked, ${String(result.erased)} erased under a retention rule.`,
        ...(result.broken.length === 0
          ? ['The history is whole.']
          : table(
              ['Area', 'Event', 'Record', 'What is wrong'],
              result.broken.map(each => [each.area, each.seq, each.record ?? '', each.reason]),
            )),
      ])
      return result.broken.length === 0 ? 0 : 1
    } finally {
      await database.close()
    }
  },
}

/** Payloads are read as if for every organisation that holds any: the command prints none of them. */
async function everyOrganisation(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct organisation_id as id from record_count`.execute(trx)
  return rows.map(row => row.id)
}
