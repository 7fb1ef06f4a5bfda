import type { Kysely, Transaction } from 'kysely'

/**
 * Every table the program's login may touch, by the name used in queries. Tables of the `workspace` schema stand
 * under their bare name (it is the search path); those of other schemas carry it (`published.entry`).
 * Each owner adds its own tables by declaration merging, so that a table is typed where it is queried:
 *
 *     declare module '../../platform/database/tables.ts' {
 *       interface Tables { performance_measure: MeasureTable }
 *     }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Tables {}

/** The outer handle: may not be used while a transaction of the same call chain is open. */
export type Database = Kysely<Tables>

/** The handle inside a transaction; every query function of a module takes it as its first argument. */
export type Trx = Transaction<Tables>
