import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { doerOf } from '../party.ts'
import type { Doer, ScrutinyAct } from '../party.ts'
import { putQuestion } from '../questions/put.ts'
import { findQuestions, findSet, idsInSet } from '../questions/queries.ts'
import type { Question, QuestionSet } from '../questions/queries.ts'
import { putObstacles } from '../questions/rules.ts'
import { gone, refuseIf } from '../refuse.ts'

/** A set with its questions in their order. */
export interface SetWithQuestions {
  set: QuestionSet
  questions: readonly Question[]
}

/** A set of the organisation with its questions, or null. */
export async function findWholeSet(trx: Trx, key: RecordKey, organisationId: string): Promise<SetWithQuestions | null> {
  const set = await findSet(trx, key, organisationId)
  if (set === null) return null
  return { set, questions: await findQuestions(trx, key.areaId, await idsInSet(trx, key)) }
}

/** The questions of a set that are still to be put. */
export function toBePut(questions: readonly Question[]): Question[] {
  return questions.filter(({ facts }) => facts.state === 'draft' || facts.state === 'ready')
}

/** Why a set may not be put now, each reason with the number of its question. Pure. */
export function putSetObstacles(questions: readonly Question[], doer: Doer): string[] {
  const drafts = toBePut(questions)
  if (drafts.length === 0) return ['Every question of this set has been put.']
  return drafts.flatMap(({ row, facts }) =>
    putObstacles(facts, doer).map(reason => `Number ${String(row.set_number ?? '')}: ${reason}`),
  )
}

/** What stands for the drafts of a set as they were read: it is another once one was changed or added. */
export function seenOf(questions: readonly Question[]): string {
  return toBePut(questions)
    .map(({ head }) => `${head.id}/${String(head.version)}`)
    .join(' ')
}

/**
 * Puts every draft of a set, in the order of their numbers, or none of them.
 *
 * @param seen the drafts as the person read them, by `seenOf`
 * @returns how many were put
 * @throws Refusal with every reason, by number
 */
export async function putSet(trx: Trx, act: ScrutinyAct, key: RecordKey, seen: string): Promise<number> {
  const { questions } = (await findWholeSet(trx, key, act.viewer.organisation.id)) ?? gone('set')
  const changed = 'Questions of this set were changed after you opened this page. Read them once more, then put them.'
  refuseIf(seen === seenOf(questions) ? [] : [changed])
  refuseIf(putSetObstacles(questions, doerOf(act)))
  const drafts = toBePut(questions)
  for (const { head } of drafts) await putQuestion(trx, act, head, head.version)
  return drafts.length
}
