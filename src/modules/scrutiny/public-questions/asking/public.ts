import type {
  Answer,
  PublicContext,
  PublicFormContext,
  PublicFormRoute,
  PublicRoute,
} from '../../../../platform/web/route.ts'
import { page } from '../../../../platform/web/route.ts'
import type { FormModel } from '../../../../platform/web/patterns.ts'
import { slug } from '../../../../record/entries.ts'
import { publicRegisterPage } from '../../../../record/public-pages.ts'
import { shownAreas } from '../../../../record/published.ts'
import { askBy, isLate, noticeInWords } from '../body-rules/notice.ts'
import { publicNoticeData } from '../body-rules/publish-rules.ts'
import { meetingsToCome, takingBodies } from '../body-rules/queries.ts'
import type { MeetingToCome, TakingBody } from '../body-rules/queries.ts'
import type { PublicRules } from '../body-rules/rules-of-body.ts'
import { publicQuestionKind } from '../kind.ts'
import { nextMeeting, readAsked } from './ask-form.ts'
import { questionLeft } from './jobs.ts'
import { messageId, receiptOf } from './message.ts'
import type { AskedMessage } from './message.ts'
import { leaveAtIntake } from './queries.ts'

const register = '/public-questions'
const asking = `${register}/ask`
const view = (name: string) => `modules/scrutiny/public-questions/views/${name}.njk`

/** The register of published questions, with the way to the form. */
export const publicQuestionPages: readonly PublicRoute[] = [{ path: register, handler: showRegister }]

/**
 * The form by which anybody asks a question: `/<area>/public-questions/ask`. `?to=<body>` or `?meeting=<last part of the
 * meeting's address>` say whom; without them one chooses, where there is more than one to choose from.
 */
export const publicQuestionForms: readonly PublicFormRoute[] = [
  { method: 'GET', path: asking, handler: showForm },
  { method: 'POST', path: asking, handler: takeQuestion },
]

async function showRegister(context: PublicContext): Promise<Answer> {
  const answer = await publicRegisterPage(context, publicQuestionKind)
  if (answer.type !== 'page') return answer
  const { area } = context
  const model = { ...answer.model, ask: area.historical ? null : `/${area.slug}${asking}` }
  return { ...answer, view: view('public-register'), model }
}

/** A meeting of a body, with the last moment for questions to it. */
interface Offered extends MeetingToCome {
  askBy: Temporal.PlainDate
  working: readonly string[]
  late: boolean
  /** Whether it can be chosen: a late question only where the chair may take it. */
  offered: boolean
}

interface Asking {
  body: TakingBody
  meetings: readonly Offered[]
}

/** Whom this visitor asks, or null where that is still to be chosen. */
async function whomToAsk(context: PublicContext): Promise<{ bodies: readonly TakingBody[]; asking: Asking | null }> {
  const { db, area, query, today, now } = context
  const areas = await shownAreas(db, area.id)
  const bodies = area.historical ? [] : await takingBodies(db, [...areas.keys()])
  const meetings = await meetingsToCome(db, bodies, today)
  const named = meetings.find(meeting => meeting.slug === query['meeting'])
  const chosen = bodies.find(body => body.id === named?.bodyId) ?? bodies.find(body => slug(body.name) === query['to'])
  const body = chosen ?? (bodies.length === 1 ? bodies[0] : undefined)
  if (body === undefined) return { bodies, asking: null }
  const own = meetings.filter(meeting => meeting.bodyId === body.id).slice(0, 6)
  return { bodies, asking: { body, meetings: own.map(meeting => offer(body, meeting, now)) } }
}

function offer({ rules, holidays }: TakingBody, meeting: MeetingToCome, now: Temporal.Instant): Offered {
  const deadline = askBy(rules.notice, meeting.date, publicNoticeData(holidays))
  const late = isLate(now, deadline)
  return { ...meeting, askBy: deadline.day, working: deadline.working, late, offered: !late || rules.lateAtDiscretion }
}

async function showForm(context: PublicFormContext): Promise<Answer> {
  const found = await whomToAsk(context)
  if (found.asking === null) return choosePage(context, found.bodies)
  const named = found.asking.meetings.find(each => each.slug === context.query['meeting'])
  const first = named ?? found.asking.meetings.find(each => !each.late)
  const fields = { meeting: first?.offered === true ? first.id : nextMeeting }
  return formPage(context, found.asking, { action: '', fields, faults: [] })
}

function choosePage({ area }: PublicContext, bodies: readonly TakingBody[]): Answer {
  return page(view('whom-to-ask'), {
    title: 'Ask a question at a meeting',
    historical: area.historical,
    bodies: bodies.map(body => ({
      name: body.name,
      about: body.rules.about,
      href: `/${area.slug}${asking}?to=${slug(body.name)}`,
    })),
    bodiesHref: `/${area.slug}/bodies`,
    breadcrumbs: crumbs(area),
  })
}

const crumbs = (area: PublicContext['area']) => [
  { text: area.name, href: `/${area.slug}` },
  { text: 'Public questions', href: `/${area.slug}${register}` },
]

function formPage({ area }: PublicContext, { body, meetings }: Asking, form: FormModel): Answer {
  const model = {
    title: `Ask a question of ${body.name}`,
    form: { ...form, action: `/${area.slug}${asking}?to=${slug(body.name)}` },
    rules: rulesModel(body.rules),
    meetings,
    choices: meetingChoices(meetings),
    textHint: textHint(body.rules),
    handled: `It is used to answer you, and how to reach you is erased ${String(body.rules.keepMonths)} months after the answer.`,
    breadcrumbs: crumbs(area),
  }
  return page(view('ask'), model, form.faults.length > 0 ? 422 : 200)
}

/** A body's rules as their template prints them. */
function rulesModel({ notice, ...rules }: PublicRules) {
  return { ...rules, notice: noticeInWords(notice), until: notice.until }
}

function textHint({ mostWords }: PublicRules): string {
  const least = 'One question, in words that can be answered. Leave out what identifies somebody else.'
  return mostWords === null ? least : `${least} Up to ${String(mostWords)} words.`
}

function meetingChoices(meetings: readonly Offered[]) {
  const chosen = meetings.filter(meeting => meeting.offered)
  return [
    ...chosen.map(({ id, title, late }) => ({
      value: id,
      text: title,
      ...(late && { hint: 'Late: the chair decides' }),
    })),
    {
      value: nextMeeting,
      text: chosen.length === 0 ? 'The next meeting, whose date is not published yet' : 'A later meeting',
    },
  ]
}

async function takeQuestion(context: PublicFormContext): Promise<Answer> {
  const found = await whomToAsk(context)
  if (found.asking === null) return choosePage(context, found.bodies)
  const { body, meetings } = found.asking
  const offered = meetingChoices(meetings).map(choice => choice.value)
  const read = readAsked(context.fields, body, offered)
  if (!read.ok) return formPage(context, found.asking, { action: '', fields: read.fields, faults: read.errors })
  const id = messageId(body.areaId, read.value, context.today)
  await leaveAtIntake(context.db, { id, areaId: body.areaId, body: read.value, receivedAt: context.now })
  questionLeft()
  const meeting = meetings.find(each => each.id === read.value.meetingId) ?? null
  return thankYou(context, body, meeting, read.value, receiptOf(id))
}

function thankYou(
  { area }: PublicContext,
  { rules }: TakingBody,
  meeting: Offered | null,
  asked: AskedMessage,
  receipt: string,
): Answer {
  return page(view('asked'), {
    title: 'Your question has been received',
    receipt,
    meeting,
    late: meeting?.late === true,
    mailed: asked.email !== null,
    inPerson: asked.wishes === 'in-person',
    showName: asked.showName,
    keepMonths: rules.keepMonths,
    register: `/${area.slug}${register}`,
    breadcrumbs: crumbs(area),
  })
}
