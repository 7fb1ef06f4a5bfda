import { sql } from 'kysely'
import type { ColumnType, JSONColumnType, Kysely, Selectable } from 'kysely'
import type { Tables, Trx } from '../../../../platform/database/tables.ts'
import type { RecordKey } from '../../../../record/record.ts'
import type { StoredHoliday } from './publish-rules.ts'
import { publicRules } from './rules-of-body.ts'
import type { PublicRules } from './rules-of-body.ts'

interface RuleTable {
  area_id: number
  body_id: string
  organisation_id: string
  body_name: string
  taking: boolean
  notice: number
  notice_unit: PublicRules['notice']['unit']
  notice_clear: boolean
  notice_until: string | null
  most_words: number | null
  most_at_meeting: number | null
  most_each: number | null
  minutes_all: number | null
  minutes_each: number | null
  supplementaries: number
  who_may_ask: string | null
  about: string | null
  late_at_discretion: boolean
  grounds: string[]
  handling: string | null
  keep_months: number
  version: ColumnType<number, number | undefined, number>
  changed_at: ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
}

interface PublishedRuleTable {
  area_id: number
  body_id: string
  body_name: string
  rules: JSONColumnType<object>
  holidays: JSONColumnType<readonly StoredHoliday[]>
}

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_public_question_rule: RuleTable
    'published.public_question_rule': PublishedRuleTable
  }
}

/** A body's rules as they are stored. */
export interface BodyRules extends PublicRules {
  areaId: number
  bodyId: string
  /** Who keeps the body's meetings, and so the questions to them. */
  organisationId: string
  bodyName: string
  /** Whether questions are taken now. */
  taking: boolean
  version: number
}

/**
 * The rules of a body, or null where it has set none. They are no secret: what is taken of them is published, and the
 * post that comes in is carried to whoever keeps the body before anybody is known to read it.
 */
export async function findRules(trx: Trx, body: RecordKey): Promise<BodyRules | null> {
  const row = await trx
    .selectFrom('scrutiny_public_question_rule')
    .selectAll()
    .where('area_id', '=', body.areaId)
    .where('body_id', '=', body.id)
    .executeTakeFirst()
  return row === undefined ? null : toRules(row)
}

/** The rules of the bodies that an organisation keeps. */
export async function rulesOf(trx: Trx, areaId: number, organisationId: string): Promise<BodyRules[]> {
  const rows = await trx
    .selectFrom('scrutiny_public_question_rule')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .execute()
  return rows.map(toRules)
}

/** Every body's rules under which questions are taken. */
export async function allTaking(trx: Trx): Promise<BodyRules[]> {
  const rows = await trx.selectFrom('scrutiny_public_question_rule').selectAll().where('taking', '=', true).execute()
  return rows.map(toRules)
}

/** Writes a body's rules, the first time or again. */
export async function storeRules(trx: Trx, rules: Omit<BodyRules, 'version'>, now: Temporal.Instant): Promise<void> {
  const { area_id, body_id, ...columns } = toColumns(rules)
  await trx
    .insertInto('scrutiny_public_question_rule')
    .values({ area_id, body_id, ...columns, changed_at: now })
    .onConflict(conflict =>
      conflict.columns(['area_id', 'body_id']).doUpdateSet({
        ...columns,
        changed_at: now,
        version: sql<number>`scrutiny_public_question_rule.version + 1`,
      }),
    )
    .execute()
}

function toColumns(rules: Omit<BodyRules, 'version'>) {
  return {
    area_id: rules.areaId,
    body_id: rules.bodyId,
    organisation_id: rules.organisationId,
    body_name: rules.bodyName,
    taking: rules.taking,
    notice: rules.notice.length,
    notice_unit: rules.notice.unit,
    notice_clear: rules.notice.clear,
    notice_until: rules.notice.until,
    most_words: rules.mostWords,
    most_at_meeting: rules.mostAtMeeting,
    most_each: rules.mostEach,
    minutes_all: rules.minutesAll,
    minutes_each: rules.minutesEach,
    supplementaries: rules.supplementaries,
    who_may_ask: rules.whoMayAsk,
    about: rules.about,
    late_at_discretion: rules.lateAtDiscretion,
    grounds: [...rules.grounds],
    handling: rules.handling,
    keep_months: rules.keepMonths,
  }
}

function toRules(row: Selectable<RuleTable>): BodyRules {
  return {
    areaId: row.area_id,
    bodyId: row.body_id,
    organisationId: row.organisation_id,
    bodyName: row.body_name,
    taking: row.taking,
    version: row.version,
    notice: { length: row.notice, unit: row.notice_unit, clear: row.notice_clear, until: row.notice_until },
    mostWords: row.most_words,
    mostAtMeeting: row.most_at_meeting,
    mostEach: row.most_each,
    minutesAll: row.minutes_all,
    minutesEach: row.minutes_each,
    supplementaries: row.supplementaries,
    whoMayAsk: row.who_may_ask,
    about: row.about,
    lateAtDiscretion: row.late_at_discretion,
    grounds: row.grounds,
    handling: row.handling,
    keepMonths: row.keep_months,
  }
}

/** Puts a body's rules before the public, or takes them away where it takes no questions now. */
export async function storePublished(trx: Trx, rules: BodyRules, holidays: readonly StoredHoliday[]): Promise<void> {
  await trx
    .deleteFrom('published.public_question_rule')
    .where('area_id', '=', rules.areaId)
    .where('body_id', '=', rules.bodyId)
    .execute()
  if (!rules.taking) return
  await trx
    .insertInto('published.public_question_rule')
    .values({
      area_id: rules.areaId,
      body_id: rules.bodyId,
      body_name: rules.bodyName,
      rules: JSON.stringify(publicRules.parse(rules)),
      holidays: JSON.stringify(holidays),
    })
    .execute()
}

/** A body that takes questions, as the public site reads it. */
export interface TakingBody {
  areaId: number
  id: string
  name: string
  rules: PublicRules
  holidays: readonly StoredHoliday[]
}

/** The bodies of some areas that take questions, by name. */
export async function takingBodies(db: Kysely<Tables>, areas: readonly number[]): Promise<TakingBody[]> {
  const rows = await db
    .selectFrom('published.public_question_rule')
    .selectAll()
    .where('area_id', 'in', areas)
    .orderBy('body_name')
    .execute()
  return rows.map(row => ({
    areaId: row.area_id,
    id: row.body_id,
    name: row.body_name,
    rules: publicRules.parse(row.rules),
    holidays: row.holidays,
  }))
}

/** A published meeting that is still to come, as the form offers it. */
export interface MeetingToCome {
  areaId: number
  id: string
  bodyId: string
  title: string
  date: Temporal.PlainDate
  /** The last part of its public address. */
  slug: string
}

/** The published meetings of some bodies from a day on, the soonest first; a cancelled one is not to come. */
export async function meetingsToCome(
  db: Kysely<Tables>,
  bodies: readonly Pick<TakingBody, 'areaId' | 'id' | 'name'>[],
  from: Temporal.PlainDate,
): Promise<MeetingToCome[]> {
  if (bodies.length === 0) return []
  const rows = await db
    .selectFrom('published.entry')
    .select(['area_id', 'record_id', 'title', 'dated', 'address'])
    .select(sql<string | null>`facts ->> 'body'`.as('body'))
    .where('kind', '=', 'meeting')
    .where('area_id', 'in', [...new Set(bodies.map(body => body.areaId))])
    .where(sql<boolean>`valid_to = 'infinity'`)
    .where('state', 'not in', ['cancelled', 'held'])
    .where('dated', '>=', from)
    .orderBy('dated')
    .orderBy('record_id')
    .limit(200)
    .execute()
  return rows.flatMap(row => {
    const body = bodies.find(each => each.areaId === row.area_id && each.name === row.body)
    if (body === undefined) return []
    const slug = row.address.split('/').at(-1) ?? ''
    return [{ areaId: row.area_id, id: row.record_id, bodyId: body.id, title: row.title, date: row.dated, slug }]
  })
}
