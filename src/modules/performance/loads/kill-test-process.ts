import { inTransaction } from '../../../platform/database/transaction.ts'
import { connect } from '../../../platform/database/connect.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { performance as performanceModule } from '../index.ts'
import { loadFile } from './load-file.ts'
import { unfinishedLoads } from './load-queries.ts'
import { runLoad } from './run-load.ts'

/*
 * A process of its own for the tests, which is killed: runs what is not at an end, and says on its way that figures
 * are written and not committed; then it waits to be killed.
 */
const url = process.argv[2] ?? ''
const program = connect(url)
declareKinds([performanceModule])
const services = { program, now: () => Temporal.Now.instant(), log: () => undefined }
for (const key of await inTransaction(program, null, trx => unfinishedLoads(trx))) {
  await runLoad(
    services,
    async (trx, act, load) => {
      const end = await loadFile(trx, act, load)
      process.send?.('written')
      await new Promise(() => undefined)
      return end
    },
    key,
  )
}
