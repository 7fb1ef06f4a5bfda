import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findQuestions, idsForMeeting, idsInStates } from './queries.ts'
import type { Question, QuestionForm } from './queries.ts'
import type { QuestionState } from './rules.ts'

/** A question as a meeting's agenda and minutes show it. */
export interface QuestionForMeeting {
  head: RecordHead
  form: QuestionForm
  text: string
  askedBy: string
  askedOf: string
  askedFor: 'writing' | 'meeting' | 'both'
  /** The meeting it is put for, where one is named by its record. */
  meetingId: string | null
}

/** The questions that are put for a meeting, in the order of their sets and references. */
export async function questionsForMeeting(trx: Trx, meetingId: string): Promise<QuestionForMeeting[]> {
  const keys = await idsForMeeting(trx, meetingId)
  const areaId = keys[0]?.areaId
  if (areaId === undefined) return []
  const questions = await findQuestions(
    trx,
    areaId,
    keys.map(key => key.id),
  )
  return questions.map(forMeeting)
}

/** States in which a question can be taken onto an agenda: put, and not yet judged. */
const takeable: readonly QuestionState[] = ['put', 'part-answered', 'answered', 'withheld']

/** One's own questions that are put and not yet judged, the earliest due first. */
export async function openQuestions(trx: Trx, areaId: number): Promise<QuestionForMeeting[]> {
  const ids = await idsInStates(trx, areaId, takeable)
  return (await findQuestions(trx, areaId, ids)).map(forMeeting)
}

function forMeeting({ head, row }: Question): QuestionForMeeting {
  return {
    head,
    form: row.form,
    text: row.text,
    askedBy: row.asker_name,
    askedOf: row.answerer_name,
    askedFor: row.asked_for,
    meetingId: row.meeting_id,
  }
}
