import type { Trx } from '../../platform/database/tables.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { WorkspaceContext } from '../../platform/web/route.ts'
import { publishedRecord } from '../../record/published.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { findReceived } from '../../record/release.ts'
import { testNow } from '../../record/testing.ts'
import { trailOf, workspaceTrail } from '../../record/trail.ts'
import { answersReceived } from './answers/received.ts'
import { draftQuestion, giveAnswer, prepareAnswer, publishQuestion, putQuestion } from './index.ts'
import type { AnswerDraft, Consent, Pieces, QuestionDraft } from './index.ts'
import type { Cast } from './testing.ts'

/** An answer without the name it stands in. */
export const said = {
  text: 'Two chains changed how they report.',
  how: 'writing',
  part: false,
  replyBy: null,
} as const satisfies Omit<AnswerDraft, 'giver'>

/** The usual steps of a question, each as whoever takes it; what a test is not about keeps its default. */
export function storyOf(castOf: () => Cast) {
  const as = <T>(viewer: Viewer, deed: (trx: Trx, act: WorkspaceContext) => Promise<T>, now = testNow): Promise<T> =>
    castOf().world.as(viewer, deed, { now })

  const words = (more: Partial<QuestionDraft> = {}): QuestionDraft => ({
    title: 'Why shoplifting rose in January',
    text: 'What lies behind the rise, and what are you doing about it?',
    why: 'Shoplifting in January was above its usual range.',
    form: 'question',
    heads: ['a', 'f'],
    askedFor: 'writing',
    meeting: null,
    asker: castOf().parties.commissioner,
    answerer: castOf().parties.chief,
    set: null,
    ...more,
  })

  const draft = (more: Partial<QuestionDraft> = {}, viewer = castOf().lead): Promise<RecordHead> =>
    as(viewer, (trx, act) => draftQuestion(trx, act, 1, words(more)))

  const put = async (more: Partial<QuestionDraft> = {}): Promise<RecordHead> => {
    const drafted = await draft(more)
    return as(castOf().commissioner, (trx, act) => putQuestion(trx, act, drafted, null))
  }

  const prepare = (on: RecordKey, more: Partial<AnswerDraft> = {}, corrects: string | null = null) =>
    as(castOf().liaison, (trx, act) =>
      prepareAnswer(trx, act, on, { ...said, giver: castOf().parties.chief, ...more }, corrects),
    )

  const give = (answer: RecordKey, consent?: Consent): Promise<RecordHead> =>
    as(castOf().chief, (trx, act) => giveAnswer(trx, act, answer, null, consent))

  const answered = async (more: Partial<QuestionDraft> = {}, consent?: Consent) => {
    const question = await put(more)
    const answer = await prepare(question)
    await give(answer, consent)
    return { question, answer }
  }

  const publish = (key: RecordKey, pieces: Partial<Pieces> = {}) =>
    as(castOf().boardClerk, (trx, act) =>
      publishQuestion(trx, act, key, { answers: [], attachments: [], judgement: false, ...pieces }),
    )

  return { as, words, draft, put, prepare, give, answered, publish, ...sights(castOf, as) }
}

type Doing = <T>(viewer: Viewer, deed: (trx: Trx, act: WorkspaceContext) => Promise<T>) => Promise<T>

/** What an organisation or the public sees of a record. */
function sights(castOf: () => Cast, as: Doing) {
  const head = (viewer: Viewer, key: RecordKey) => as(viewer, trx => findRecord(trx, key))
  const received = (viewer: Viewer, key: RecordKey) => as(viewer, trx => findReceived(trx, viewer.organisation.id, key))
  const answersTo = (viewer: Viewer, key: RecordKey) =>
    as(viewer, trx => answersReceived(trx, viewer.organisation.id, key))
  const trail = (viewer: Viewer, key: RecordKey) =>
    as(viewer, trx => trailOf(workspaceTrail(trx, viewer.organisation.id), key))
  const publicState = async (key: RecordKey, now = testNow) => {
    const at = await publishedRecord(castOf().world.database.public, 1, key.id, now)
    if (at.found !== 'record') throw new Error(`What the public finds is ${at.found}`)
    return { state: at.entry.state, body: at.snapshot.body, version: at.snapshot.version }
  }
  return { head, received, answersTo, trail, publicState }
}
