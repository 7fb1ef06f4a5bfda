import fastify from 'fastify'
import { sql } from 'kysely'
import { readConfiguration } from '../../src/platform/configuration.ts'
import { inTransaction } from '../../src/platform/database/transaction.ts'
import { Fault } from '../../src/platform/fault.ts'
import { serve, type Serving } from '../../src/platform/serve.ts'
import type { Services } from '../../src/platform/services.ts'

/**
 * The platform's start with a site of two routes instead of the real ones, as a process that tests may kill:
 * POST /areas/:id commits a row before it answers, GET /areas lists what is there.
 */
const addArea = (services: Services, id: number) =>
  inTransaction(services.program, null, async trx => {
    await sql`insert into area (id, slug, name) values (${id}, ${`area-${id}`}, ${`Area ${id}`})`.execute(trx)
  })

async function createApp(services: Services) {
  const app = fastify()
  app.post<{ Params: { id: string } }>('/areas/:id', async ({ params }) => {
    await addArea(services, Number(params.id))
    return 'committed'
  })
  app.get('/areas', async () => {
    const { rows } = await sql<{ id: number }>`select id from area where id > 0 order by id`.execute(services.program)
    return { areas: rows.map(({ id }) => id), demo: services.demo }
  })
  return app
}

const print = (line: string) => process.stdout.write(`${line}\n`)
const program = {
  createApp,
  loadSamples: (services: Services) => addArea(services, 900),
  whoCanSignIn: async () => ['ready'],
}

async function start(): Promise<Serving | undefined> {
  try {
    return await serve(readConfiguration(), program, print, message => process.stderr.write(`${message}\n`))
  } catch (fault) {
    process.stderr.write(fault instanceof Fault ? `${fault.message}\n` : String(fault))
    process.exitCode = 1
    return undefined
  }
}

const starting = start()
process.on('SIGTERM', () => void starting.then(serving => serving?.stop()))
