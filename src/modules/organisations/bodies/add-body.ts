import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import type { Body } from './bodies.ts'
import { insertBody, updateBody } from './queries.ts'
import type { BodyColumns } from './queries.ts'

/** What a body is besides its name; everything may be left out but its form. */
export type BodyParts = Pick<Body, 'form'> &
  Partial<
    Pick<
      Body,
      | 'purpose'
      | 'termsOfReference'
      | 'quorum'
      | 'frequency'
      | 'chairing'
      | 'howToAsk'
      | 'howToComplain'
      | 'sides'
      | 'asAt'
      | 'interestsRegister'
    >
  >

export interface NewBody extends BodyParts {
  areaId: number
  name: string
  /** The organisations whose meetings' records it holds; the one that acts unless said. */
  holders?: readonly string[]
  state?: 'standing' | 'dissolved'
  /** Other names it is printed under, for search. */
  alsoPrinted?: readonly string[]
  dated?: Temporal.PlainDate
}

/** Adds a body. */
export async function addBody(trx: Trx, act: Act, made: NewBody): Promise<RecordHead> {
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'body',
    title: made.name,
    state: made.state ?? 'standing',
    ...(made.holders !== undefined && { holders: made.holders }),
    ...(made.dated !== undefined && { dated: made.dated }),
    searchText: searchText(made, made.alsoPrinted),
  })
  await insertBody(trx, { area_id: record.areaId, record_id: record.id, ...columns(made) })
  return record
}

/**
 * Changes what is known of a body.
 *
 * @param version the version the person saw
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeBody(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  changed: BodyParts & { name: string; state: 'standing' | 'dissolved' },
): Promise<RecordHead> {
  const { name: title, state } = changed
  const changes = { title, state, searchText: searchText(changed) }
  const record = await changeRecord(trx, act, key, version, changes, { kind: 'changed' })
  await updateBody(trx, key, columns(changed))
  return record
}

function searchText(parts: BodyParts, alsoPrinted: readonly string[] = []): string {
  return [...alsoPrinted, parts.purpose, parts.termsOfReference].filter(text => text != null).join(' ')
}

function columns(parts: BodyParts): BodyColumns {
  return {
    form: parts.form,
    purpose: parts.purpose ?? null,
    terms_of_reference: parts.termsOfReference ?? null,
    quorum: parts.quorum ?? null,
    frequency: parts.frequency ?? null,
    chairing: parts.chairing ?? null,
    how_to_ask: parts.howToAsk ?? null,
    how_to_complain: parts.howToComplain ?? null,
    sides: [...(parts.sides ?? [])],
    as_at: parts.asAt ?? null,
    interests_register: parts.interestsRegister ?? null,
  }
}
