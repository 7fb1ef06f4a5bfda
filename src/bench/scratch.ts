import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfiguration } from '../platform/configuration.ts'
import { connect } from '../platform/database/connect.ts'
import { openDatabase } from '../platform/database/open.ts'
import type { OpenDatabase } from '../platform/database/open.ts'

/** Runs work on an embedded database of its own, made and thrown away for it. */
export async function onScratchDatabase<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'peelian-bench-'))
  try {
    const database = await openDatabase(readConfiguration({ DATA_DIR: directory }))
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/**
 * Brings the statistics up to date, as a server does by itself a minute after it was filled. Only the owner may: for the
 * program's login it would be left undone without a word, and every plan after it a guess.
 */
export async function settle({ embedded }: OpenDatabase): Promise<void> {
  if (embedded === undefined) return
  const owner = connect(embedded.urls.owner)
  await sql`vacuum analyze`.execute(owner)
  await owner.destroy()
}
