import { seatedUsers } from '../../platform/access/seated-users.ts'
import type { SeatedUser } from '../../platform/access/seated-users.ts'
import type { OrganisationKind } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { clockBasis } from '../clock-basis.ts'
import { dayOfDue, toClock } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import type { Calendar } from '../clocks/index.ts'
import { wordsOf } from './outside-words.ts'
import type { ClockWords } from './outside-words.ts'
import type { Duty } from './daily-message.ts'
import { recipientsOf } from './recipients.ts'
import type { OwingOrganisation, Recipients } from './recipients.ts'
import { daysBeforeOf, escalationsSet } from './settings.ts'
import type { ReminderPlace } from './settings.ts'

/** A deadline with the words it is told in. */
export interface WordedDuty extends Duty {
  due: Temporal.PlainDate
  clock: RunningClock
  words: ClockWords
  /** The organisation that owes, for somebody who works for several. */
  organisation: string
}

/** What an organisation owes in an area, with everything that says who is told of it when. */
export interface OwedHere {
  place: ReminderPlace
  organisation: string
  calendar: Calendar
  daysBefore: number
  clocks: readonly { clock: RunningClock; due: Temporal.PlainDate; words: ClockWords; recipients: Recipients }[]
}

/** How far ahead of the first stage a weekend, Christmas or Easter may bring a message forward. */
const reach = 14

/**
 * What an organisation owes, as far as it is overdue, due or soon due. Clocks that stand still, whose days are not
 * known, or that only wait until a period is over, are nobody's to be reminded of.
 */
export async function owedBy(
  trx: Trx,
  place: ReminderPlace & { kind: OrganisationKind; name: string },
  today: Temporal.PlainDate,
): Promise<OwedHere> {
  const { calendars } = await clockBasis(trx, place.areaId)
  const { days } = await daysBeforeOf(trx, place)
  const running = await dueUntil(trx, place, today.add({ days: days + reach }))
  const words = await wordsOf(trx, place.organisationId, running)
  const owing = await owingOrganisation(trx, place, today)
  return {
    place,
    organisation: place.name,
    calendar: calendars.EW,
    daysBefore: days,
    clocks: running.flatMap(clock => {
      const [due, said] = [dayOfDue(clock.due), words.get(clock.id)]
      if (due === null || said === undefined) return []
      return [{ clock, due, words: said, recipients: recipientsOf(clock, owing) }]
    }),
  }
}

/** Who works for an organisation on a day, and what it has set. */
export async function owingOrganisation(
  trx: Trx,
  place: ReminderPlace & { kind: OrganisationKind },
  today: Temporal.PlainDate,
): Promise<OwingOrganisation> {
  const users = await seatedUsers(trx, today, { place })
  return {
    kind: place.kind,
    colleagues: users.map(({ userId, personId, places }) => ({
      userId,
      personId,
      roles: places.flatMap(each => each.roles),
    })),
    escalations: await escalationsSet(trx, place),
  }
}

async function dueUntil(trx: Trx, place: ReminderPlace, day: Temporal.PlainDate): Promise<RunningClock[]> {
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', place.areaId)
    .where('organisation_id', '=', place.organisationId)
    .where('state', '=', 'running')
    .where('in_force', '=', true)
    .where('due', '<=', day)
    .orderBy('id')
    .execute()
  return rows.map(toClock).filter(clock => clock.rule.lastDay === 'do-by')
}

/**
 * Everything that concerns a user on a day, in all the places they act in. The transaction must act for those
 * organisations. Historical areas stand still, and nobody is reminded of them.
 */
export async function dutiesOf(
  trx: Trx,
  user: Pick<SeatedUser, 'userId' | 'places'>,
  today: Temporal.PlainDate,
  tellBefore: boolean,
): Promise<WordedDuty[]> {
  const duties: WordedDuty[] = []
  for (const { area, organisation } of user.places.filter(place => !place.area.historical)) {
    const { id: organisationId, kind, name } = organisation
    const owed = await owedBy(trx, { areaId: area.id, organisationId, kind, name }, today)
    duties.push(...concerning(owed, user.userId, tellBefore))
  }
  return duties
}

function concerning(owed: OwedHere, userId: string, tellBefore: boolean): WordedDuty[] {
  return owed.clocks.flatMap(({ clock, due, words, recipients }) => {
    const concern = concernOf(owed, recipients, userId, tellBefore)
    if (concern === null) return []
    const { calendar, organisation } = owed
    return [{ areaId: clock.areaId, clockId: clock.id, due, calendar, concern, clock, words, organisation }]
  })
}

function concernOf(
  { daysBefore }: OwedHere,
  { owners, escalatedTo, escalation }: Recipients,
  userId: string,
  tellBefore: boolean,
): Duty['concern'] | null {
  if (owners.has(userId)) return { kind: 'own', daysBefore, tellBefore }
  if (escalation === null || !escalatedTo.has(userId)) return null
  return { kind: 'escalated', afterDays: escalation.afterDays }
}

/** What goes on to each address outside, by address. Nothing of the record but its kind and reference is said there. */
export function goingOutside(owed: OwedHere): Map<string, WordedDuty[]> {
  const byAddress = new Map<string, WordedDuty[]>()
  for (const { clock, due, words, recipients } of owed.clocks) {
    const { escalation } = recipients
    if (escalation === null || !('address' in escalation.to)) continue
    const duty: WordedDuty = {
      ...{ areaId: clock.areaId, clockId: clock.id, due, calendar: owed.calendar, clock },
      ...{ organisation: owed.organisation, words: { ...words, title: null, path: null } },
      concern: { kind: 'escalated', afterDays: escalation.afterDays },
    }
    byAddress.set(escalation.to.address, [...(byAddress.get(escalation.to.address) ?? []), duty])
  }
  return byAddress
}
