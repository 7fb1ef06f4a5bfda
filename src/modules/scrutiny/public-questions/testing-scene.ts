import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { RecordHead } from '../../../record/record.ts'
import { sendForm } from '../testing.ts'
import type { Seen } from '../testing.ts'
import { carryQuestions } from './asking/carry.ts'
import { findPublicQuestion } from './queries.ts'
import type { PublicQuestion } from './queries.ts'
import type { Stage } from './testing.ts'

/** What happens on a stage, step by step; what a test is not about keeps its default. */
export function sceneOf(stageOf: () => Stage, meetingOf: () => RecordHead) {
  const program = () => stageOf().cast.world.database.program
  const clerk = () => stageOf().cast.panelClerk

  const carry = () =>
    carryQuestions({
      program: program(),
      baseUrl: 'https://policing.example.org',
      now: () => Temporal.Instant.from('2026-03-11T10:00:05Z'),
      log: line => void stageOf().logged.push(line),
    })

  /** How many messages wait at the intake. */
  const waiting = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from intake.message`.execute(program())
    return rows[0]?.n ?? 0
  }

  /** The questions that the panel holds, the newest last. */
  const questions = () =>
    stageOf().cast.world.as(clerk(), async trx => {
      const rows = await trx
        .selectFrom('record')
        .select('id')
        .where('kind', '=', 'public-question')
        .orderBy('reference')
        .execute()
      const found: PublicQuestion[] = []
      for (const { id } of rows) {
        const question = await findPublicQuestion(trx, { areaId: 1, id })
        if (question !== null) found.push(question)
      }
      return found
    })

  const newest = async (): Promise<PublicQuestion> => {
    const question = (await questions()).at(-1)
    assert.ok(question)
    return question
  }

  /** The question as it stands now. */
  const again = async ({ head }: Pick<PublicQuestion, 'head'>): Promise<PublicQuestion> => {
    const question = await stageOf().cast.world.as(clerk(), trx => findPublicQuestion(trx, head))
    assert.ok(question)
    return question
  }

  const asked = async (more: Record<string, string> = {}, options: { now?: string } = {}) => {
    const sent = await stageOf().ask({ meeting: meetingOf().id, ...more }, options)
    assert.equal(sent.status, 200, sent.html)
    await carry()
    return newest()
  }

  const pathOf = ({ head }: PublicQuestion) => `/workspace/scrutiny/public-questions/${head.id}`

  /** Opens the form of a deed and sends it, as the clerk. */
  const deed = (question: PublicQuestion, name: string, fields: Record<string, string>): Promise<Seen> =>
    sendForm(stageOf().cast, clerk(), `${pathOf(question)}/${name}`, fields)

  const accepted = async (more: Record<string, string> = {}) => {
    const question = await asked(more)
    const seen = await deed(question, 'accept', { title: 'Noise', wishes: 'read-out' })
    assert.equal(seen.status, 303, seen.html)
    return again(question)
  }

  return { program, clerk, carry, waiting, questions, newest, again, asked, pathOf, deed, accepted }
}
