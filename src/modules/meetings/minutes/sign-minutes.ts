import type { Role, Viewer } from '../../../platform/access/viewer.ts'
import { roleWords } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { startClock } from '../../../record/clock-store.ts'
import { capital } from '../../../record/public-pages.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { findOrganisations, postHolders, publicNames } from '../../organisations/index.ts'
import { refuseIf } from '../refuse.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { changeMinutes, insertSignature, signaturesOf } from './queries.ts'
import type { Minutes } from './queries.ts'
import { isSigned, signingObstacles, signingRole } from './rules.ts'
import type { MinutesFacts } from './rules.ts'

/** Somebody who signs: besides who and when, the roles that the rule asks for. */
export interface SigningAct extends Act {
  viewer: Pick<Viewer, 'userId' | 'personId' | 'name' | 'organisation' | 'roles'>
}

/** Kinds of organisation that sign. */
const signing = ['office', 'force', 'panel']

/** What the rules ask of minutes when they are signed. All who hold them sign, as far as their kind has an office for it. */
export async function signingFacts(
  trx: Trx,
  { head, row, state }: Minutes,
): Promise<Pick<MinutesFacts, 'state' | 'keptBy' | 'signatories' | 'signed'>> {
  const holders = await findOrganisations(trx, head.holders)
  return {
    state,
    keptBy: row.kept_by,
    signatories: holders.filter(each => signing.includes(each.kind)).map(({ id }) => id),
    signed: (await signaturesOf(trx, head)).map(each => each.organisation_id),
  }
}

/**
 * Signs minutes for one side. Once each side has signed, the clock for their publication starts.
 *
 * @throws Refusal with every reason where this person may not sign them now
 */
export async function signMinutes(trx: Trx, act: SigningAct, key: RecordKey, version: number | null): Promise<void> {
  const minutes = await mustFindMinutes(trx, key)
  const { organisation, roles } = act.viewer
  const doer = { organisationId: organisation.id, kind: organisation.kind, roles }
  refuseIf(signingObstacles(await signingFacts(trx, minutes), doer))
  const role = signingRole(doer)
  if (role === null) return
  const today = londonDate(act.now)
  await insertSignature(trx, {
    area_id: key.areaId,
    minutes_id: key.id,
    organisation_id: organisation.id,
    ...(await nameOf(trx, act, role, today)),
    role,
    signed_on: today,
    inferred: false,
  })
  await changeRecord(trx, act, key, version, {}, { kind: 'signed-for', details: { organisation: organisation.name } })
  if (isSigned(await signingFacts(trx, minutes))) await allSigned(trx, act, minutes, today)
}

/** As the public reads it: the public name with the post, or the post alone. */
async function nameOf(trx: Trx, act: SigningAct, role: Role, today: Temporal.PlainDate) {
  const { personId, organisation } = act.viewer
  const name = personId === null ? undefined : (await publicNames(trx, [personId])).get(personId)
  const post = (await postHolders(trx, organisation.id, today)).find(each => each.personId === personId)
  const title = post?.title ?? capital(roleWords(role))
  return { person_id: personId, name: name === undefined ? title : `${name}, ${title}` }
}

async function allSigned(trx: Trx, act: Act, { head, row }: Minutes, today: Temporal.PlainDate): Promise<void> {
  await changeMinutes(trx, head, { signed_on: today })
  const [keeper] = await findOrganisations(trx, [row.kept_by])
  const role = keeper?.kind === 'panel' ? 'panel-clerk' : 'board-clerk'
  const owner = { organisationId: row.kept_by, role }
  const due = await startClock(trx, act, head, 'MINUTES-PUB', { from: today }, owner)
  await changeRecord(trx, act, head, null, { state: 'signed', owner, due }, { kind: 'signed' })
}
