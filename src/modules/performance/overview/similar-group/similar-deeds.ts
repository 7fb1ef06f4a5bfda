import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../../platform/database/tables.ts'
import { Refusal } from '../../../../platform/refusals.ts'
import type { Act, RecordHead } from '../../../../record/record.ts'
import { changeRecord, createRecord } from '../../../../record/records.ts'
import {
  deleteMember,
  findSimilarGroup,
  insertGroup,
  insertMembers,
  type Member,
  type SimilarGroup,
  updateMember,
  updateOwnName,
} from './similar-queries.ts'
import { type Membership, membershipFaults, membershipInWords } from './similar-rules.ts'

/** Says what the force itself is called among the police areas; the group begins with it. */
export async function sayOwnName(trx: Trx, act: Act, areaId: number, version: number | null, ownName: string) {
  const group = await findSimilarGroup(trx, areaId)
  if (group === null) return startGroup(trx, act, areaId, ownName)
  if (group.members.some(({ name }) => name === ownName)) {
    throw new Refusal([`${ownName} is a member of the group. A force is not compared with itself.`])
  }
  const changes = { 'Own name': { from: group.ownName, to: ownName } }
  await updateOwnName(trx, group.record, ownName)
  return changeRecord(trx, act, group.record, version, {}, { kind: 'own-name', details: { changes } })
}

async function startGroup(trx: Trx, act: Act, areaId: number, ownName: string): Promise<RecordHead> {
  const record = await createRecord(trx, act, {
    areaId,
    kind: 'similar-group',
    title: `Forces most similar to ${ownName}`,
    state: 'in-use',
  })
  await insertGroup(trx, { area_id: areaId, id: record.id, own_name: ownName })
  return record
}

async function mustFind(trx: Trx, areaId: number): Promise<SimilarGroup> {
  const group = await findSimilarGroup(trx, areaId)
  if (group === null) throw new Refusal(['Say first what the force itself is called.'])
  return group
}

/** A membership as it is held, in the words of the rules. */
export function membershipOf({ name, from_date, to_date }: Member): Membership {
  return { name, from: from_date, to: to_date }
}

const outside = 'not in the group'
const inside = (membership: Membership): string => `in the group ${membershipInWords(membership)}`

/** What a change must give besides the days. */
export interface Sourced {
  source: string
}

/**
 * Enters forces into the group, all from one day.
 *
 * @throws Refusal where a membership does not fit beside those held
 * @throws StaleRecord where somebody changed the group meanwhile
 */
export async function enterMembers(
  trx: Trx,
  act: Act,
  areaId: number,
  version: number,
  made: readonly Membership[],
  { source }: Sourced,
): Promise<void> {
  const group = await mustFind(trx, areaId)
  refuseFaults(made.flatMap(each => membershipFaults(each, group.members.map(membershipOf), group.ownName)))
  const changes = Object.fromEntries(made.map(each => [each.name, { from: outside, to: inside(each) }]))
  await changeRecord(trx, act, group.record, version, {}, { kind: 'members-entered', details: { changes, source } })
  const rows = made.map(each => ({
    ...{ area_id: areaId, id: randomUUIDv7(), group_id: group.record.id },
    ...{ name: each.name, from_date: each.from, to_date: each.to, source },
  }))
  await insertMembers(trx, rows)
}

/** Changes from when to when a force belonged to the group, or ends it. */
export async function changeMember(
  trx: Trx,
  act: Act,
  areaId: number,
  version: number,
  id: string,
  changed: Omit<Membership, 'name'> & Sourced,
): Promise<void> {
  const group = await mustFind(trx, areaId)
  const member = memberOf(group, id)
  const made = { name: member.name, from: changed.from, to: changed.to }
  const others = group.members.filter(each => each.id !== id).map(membershipOf)
  refuseFaults(membershipFaults(made, others, group.ownName))
  const change = { from: inside(membershipOf(member)), to: inside(made) }
  const source = { from: member.source, to: changed.source }
  const changes = { [member.name]: change, ...(source.from !== source.to && { [`${member.name}, source`]: source }) }
  await changeRecord(trx, act, group.record, version, {}, { kind: 'member-changed', details: { changes } })
  const { from, to } = changed
  await updateMember(trx, group.record, id, { from_date: from, to_date: to, source: changed.source })
}

/** Takes out a membership that was entered by mistake; the history keeps that it was there. */
export async function removeMember(trx: Trx, act: Act, areaId: number, version: number, id: string): Promise<void> {
  const group = await mustFind(trx, areaId)
  const member = memberOf(group, id)
  const changes = { [member.name]: { from: inside(membershipOf(member)), to: outside } }
  const event = { kind: 'member-removed', details: { changes } }
  await changeRecord(trx, act, group.record, version, {}, event)
  await deleteMember(trx, group.record, id)
}

function memberOf(group: SimilarGroup, id: string): Member {
  const member = group.members.find(each => each.id === id)
  if (member === undefined) throw new Refusal(['This membership is not there any more.'])
  return member
}

function refuseFaults(faults: readonly { message: string }[]): void {
  if (faults.length > 0) throw new Refusal([...new Set(faults.map(({ message }) => `${message}.`))])
}
