import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfiguration } from '../platform/configuration.ts'
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
