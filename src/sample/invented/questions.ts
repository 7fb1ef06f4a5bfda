import type { Trx } from '../../platform/database/tables.ts'
import {
  attachToAnswer,
  draftQuestion,
  giveAnswer,
  prepareAnswer,
  publishQuestion,
  putQuestion,
  recordJudgement,
  takeToMeeting,
} from '../../modules/scrutiny/index.ts'
import type { Cause, Outcome, Party } from '../../modules/scrutiny/index.ts'
import type { RecordHead } from '../../record/record.ts'
import type { Deed, InventedAnswer, InventedQuestion, RelativeDay } from './facts.ts'
import { dayOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { moment } from './world.ts'
import type { Titles, World } from './world.ts'

/** What is known of a question while its story is told. */
interface Story {
  question: InventedQuestion
  /** Answers given so far, and what is attached to them. */
  answers: string[]
  attachments: string[]
}

/** Questions, answers and judgements, each put on the timeline where it was done. */
export async function planQuestions(world: World, titles: Titles): Promise<void> {
  for (const question of await readFacts<InventedQuestion[]>('ardenshire/questions.json')) {
    const story: Story = { question, answers: [], attachments: [] }
    planDraft(world, question, titles)
    if (question.put !== undefined) planPutting(world, question, question.put)
    for (const place of question.answers.keys()) planAnswer(world, story, place, titles)
    if (question.judgement !== undefined) planJudgement(world, story, question.judgement)
    planPublication(world, story)
  }
}

function planDraft(world: World, question: InventedQuestion, titles: Titles): void {
  const { key, title, text, kind, drafted, taken } = question
  world.timeline.add(moment(world, drafted.on, '11:00'), world.viewers.get(drafted.by), async (trx, act) => {
    const draft = {
      ...{ title, text, why: whyOf(question), heads: [], set: null, meeting: null },
      form: kind === 'tasking' ? ('tasking' as const) : ('question' as const),
      askedFor: taken === undefined ? ('writing' as const) : ('both' as const),
      asker: askerOf(world, question, titles),
      answerer: answererOf(world, question, titles),
    }
    world.questions.set(key, await draftQuestion(trx, act, world.area.id, draft, [causeOf(world, question)]))
  })
}

function whyOf({ because }: InventedQuestion): string | null {
  if ('exception' in because) return 'The figures went out of their usual range.'
  return 'objective' in because ? 'It bears on an objective of the plan.' : null
}

/** A panel's question stands in the name of the member who asks; an office's in the commissioner's. */
function askerOf(world: World, { from, drafted, put }: InventedQuestion, titles: Titles): Party {
  const ofPanel = from === 'ardenshire-panel'
  return partyOf(world, ofPanel ? (put ?? drafted).by : 'imani-thistlewood', titles)
}

function answererOf(world: World, { to }: InventedQuestion, titles: Titles): Party {
  return partyOf(world, to === 'ardenshire-office' ? 'imani-thistlewood' : 'marguerite-oyelaran-finch', titles)
}

function partyOf(world: World, person: string, titles: Titles): Party {
  const { organisation, personId, roles, name } = world.viewers.get(person)
  return {
    organisationId: organisation.id,
    personId,
    role: roles[0] ?? null,
    name: `${name}, ${titles.get(person) ?? ''}`,
  }
}

function causeOf(world: World, { because, kind }: InventedQuestion): Cause {
  if ('exception' in because) return { ...world.exceptions.get(because.exception), relation: 'asks-about' }
  if ('objective' in because) return { ...world.objectives.get(because.objective), relation: 'asks-about' }
  const relation = kind === 'tasking' ? 'tasked-by' : 'asks-about'
  return { ...world.questions.get(because.question), relation }
}

function planPutting(world: World, { key, taken }: InventedQuestion, put: Deed): void {
  world.timeline.add(moment(world, put.on, '11:30'), world.viewers.get(put.by), async (trx, act) => {
    await putQuestion(trx, act, world.questions.get(key), null)
    if (taken === undefined || !world.meetings.has(taken.meeting)) return
    const { id, title, dated: date } = world.meetings.get(taken.meeting)
    await takeToMeeting(trx, act, world.questions.get(key), { id, title, date })
  })
}

function planAnswer(world: World, story: Story, place: number, titles: Titles): void {
  const answer = story.question.answers[place]
  if (answer === undefined) return
  const { question } = story
  const next = story.question.answers[place + 1]
  const preparer = world.viewers.get(answer.preparedBy ?? answer.by)
  let prepared: RecordHead | undefined
  world.timeline.add(moment(world, answer.on, '14:00'), preparer, async (trx, act) => {
    prepared = await prepareAnswer(trx, act, world.questions.get(question.key), {
      text: answer.text,
      how: answer.form === 'in-writing' ? 'writing' : 'meeting',
      part: next !== undefined,
      replyBy: next === undefined ? null : dayOf(next.on, world.today),
      giver: partyOf(world, answer.by, titles),
    })
    story.attachments.push(...(await attachFiles(trx, act, prepared, answer)))
  })
  world.timeline.add(moment(world, answer.on, '15:00'), world.viewers.get(answer.by), async (trx, act) => {
    if (prepared === undefined) return
    await giveAnswer(trx, act, prepared, null)
    story.answers.push(prepared.id)
  })
}

async function attachFiles(
  trx: Trx,
  act: Doing,
  answer: RecordHead,
  { attachments }: InventedAnswer,
): Promise<string[]> {
  const ids: string[] = []
  for (const { title, fileName, mediaType, lines } of attachments) {
    const upload = { field: 'attachment', fileName, mediaType, bytes: Buffer.from(`${lines.join('\n')}\n`) }
    ids.push(await attachToAnswer(trx, act, answer, { upload }, title))
  }
  return ids
}

const outcomes: Readonly<Record<NonNullable<InventedQuestion['judgement']>['verdict'], Outcome>> = {
  assured: 'assured',
  'partly-assured': 'partly-assured',
  'not-assured': 'not-assured',
  yes: 'answers',
  partly: 'partly-answers',
  no: 'does-not-answer',
}

function planJudgement(world: World, { question }: Story, judgement: NonNullable<InventedQuestion['judgement']>): void {
  const { by, on, verdict, reason } = judgement
  world.timeline.add(moment(world, on, '16:00'), world.viewers.get(by), (trx, act) =>
    recordJudgement(trx, act, world.questions.get(question.key), { outcome: outcomes[verdict], reason }),
  )
}

/** Published when it was put, again with its answers, and again when a judgement came after them. */
function planPublication(world: World, story: Story): void {
  const { published, judgement, put } = story.question
  if (published === undefined || put === undefined) return
  const days: RelativeDay[] = [published.question, published.answer ?? [], judgement?.on ?? []].flat()
  const moments = new Map(days.map(day => [dayOf(day, world.today).toString(), moment(world, day, '17:00')]))
  const answersFrom = published.answer === undefined ? null : moment(world, published.answer, '17:00')
  for (const at of moments.values()) {
    world.timeline.add(at, world.viewers.get(put.by), (trx, act) => {
      const withAnswers = answersFrom !== null && Temporal.Instant.compare(at, answersFrom) >= 0
      return publishQuestion(trx, act, world.questions.get(story.question.key), {
        answers: withAnswers ? story.answers : [],
        attachments: withAnswers && published.attachments !== undefined ? story.attachments : [],
        judgement: withAnswers,
      })
    })
  }
}
