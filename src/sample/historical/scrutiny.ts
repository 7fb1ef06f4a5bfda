import { roleWords } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'
import { addSet, loadChallenge, loadQuestion } from '../../modules/scrutiny/index.ts'
import type { Party, RecordedStep } from '../../modules/scrutiny/index.ts'
import { publishRecord } from '../../record/publish.ts'
import { ByKey } from '../by-key.ts'
import type { Doing } from '../timeline.ts'
import type { Trx } from '../../platform/database/tables.ts'
import type { Actor, ChallengeFact, MeetingFact, QuestionFact, Recorded } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import { lastDayOf, statedInWords } from './papers.ts'
import { findingsAbout, historicalAreas, loader, readEach } from './world.ts'
import type { PaperWorld } from './world.ts'

/** Questions and challenges with what the papers record of them: no answer, judgement or word is added. */
export async function planScrutiny(world: PaperWorld): Promise<void> {
  const meetings = await readEach<MeetingFact>('meetings')
  const sets = new ByKey<string>('set of questions')
  for (const slug of historicalAreas) {
    for (const fact of await readFacts<QuestionFact[]>(`${slug}/questions.json`)) {
      planQuestion(world, slug, fact, { meetings, sets })
    }
    for (const fact of await readFacts<ChallengeFact[]>(`${slug}/challenges.json`)) planChallenge(world, slug, fact)
  }
}

interface Around {
  meetings: readonly MeetingFact[]
  /** Ids of the sets that were begun, by their keys. */
  sets: ByKey<string>
}

function planQuestion(world: PaperWorld, slug: string, fact: QuestionFact, { meetings, sets }: Around): void {
  const area = world.areas.get(slug)
  const at = world.papers.lastPublishedAt([fact.source, ...fact.steps.map(({ source }) => source)])
  const meeting = meetings.find(({ key }) => key === fact.meeting)
  world.timeline.add(at, loader(world, fact.askedBy.organisation ?? '', area), async (trx, act) => {
    const loaded = {
      title: fact.title,
      text: fact.says,
      why: fact.because === null ? null : `It asks about the figure for ${fact.because.period}.`,
      form: 'question' as const,
      heads: [],
      askedFor: 'meeting' as const,
      meeting:
        meeting === undefined ? null : { id: null, title: meeting.title, date: Temporal.PlainDate.from(meeting.date) },
      asker: partyOf(world, fact.askedBy),
      answerer: partyOf(world, fact.askedOf),
      state: 'answered' as const,
      putOn: Temporal.PlainDate.from(fact.askedOn),
      recorded: recordedOf(world, fact),
      inSet: { id: await setOf(trx, act, area.id, fact, { meeting, sets }), number: fact.set.number },
      source: world.papers.cite(fact.source),
    }
    const causes = fact.because === null ? [] : [world.measures.get(fact.because.measure)]
    const asksAbout = causes.map(measure => ({ ...measure, relation: 'asks-about' as const }))
    const question = world.questions.set(fact.key, await loadQuestion(trx, act, area.id, loaded, asksAbout))
    await publishRecord(trx, act, question)
  })
}

/** The set that a question is numbered in, begun with the first of them: a paper's own heading and day. */
async function setOf(
  trx: Trx,
  act: Doing,
  areaId: number,
  { set, item }: QuestionFact,
  { meeting, sets }: { meeting: MeetingFact | undefined; sets: ByKey<string> },
): Promise<string> {
  if (sets.has(set.key)) return sets.get(set.key)
  const heading = meeting?.items.find(({ number }) => number === item)?.heading ?? 'Questions'
  const dated = meeting === undefined ? null : Temporal.PlainDate.from(meeting.date)
  const tiedTo = meeting === undefined ? null : `${meeting.title}, item ${String(item)}`
  return sets.set(set.key, await addSet(trx, act, { areaId, title: heading, tiedTo, dated }))
}

/** Who asked is a part of what is recorded where the papers leave it open; what is missing comes last. */
function recordedOf(world: PaperWorld, fact: QuestionFact): RecordedStep[] {
  const asked = {
    on: statedInWords(fact.askedOn),
    by: '',
    says: fact.askedBy.note,
    source: world.papers.cite(fact.source),
  }
  const steps = fact.steps.map(step => ({
    on: statedInWords(step.on),
    by: partyOf(world, step.by).name,
    says: step.due === null ? step.says : `${step.says} Due, as recorded: ${step.due}.`,
    source: world.papers.cite(step.source),
  }))
  return [...(asked.says === '' ? [] : [asked]), ...steps, ...missing(world, fact)]
}

function missing(world: PaperWorld, { key, gaps }: { key: string; gaps: readonly string[] }): RecordedStep[] {
  const found = findingsAbout(world, key)
  return [
    ...(found === null ? [] : [{ on: 'Found in the papers', by: '', says: found, source: '' }]),
    ...gaps.map(says => ({ on: 'Not held', by: '', says, source: '' })),
  ]
}

/** By name where the papers name somebody, else by office; where they give neither, the organisation. */
function partyOf(world: PaperWorld, { organisation, role, person }: Actor): Party {
  const where = world.cast.organisations.get(organisation ?? '')
  const office = role === null ? null : titleOf(role)
  const named = person === null ? undefined : world.names.get(person)
  const name = [named, office].filter(part => part != null).join(', ')
  return {
    organisationId: where.id,
    personId: person === null ? null : world.cast.people.get(person),
    role,
    name: name === '' ? where.name : named === undefined ? `${name} (not identified), ${where.name}` : name,
  }
}

/** The papers' title of an office; the software says "commissioner" for every kind of policing body. */
function titleOf(role: Role): string {
  if (role === 'commissioner') return 'Police and Crime Commissioner'
  const words = role === 'panel-chair' ? 'chair' : roleWords(role)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function planChallenge(world: PaperWorld, slug: string, fact: ChallengeFact): void {
  const area = world.areas.get(slug)
  const at = world.papers.lastPublishedAt([fact.source, fact.reply.source])
  world.timeline.add(at, loader(world, fact.by.organisation ?? '', area), async (trx, act) => {
    const { title, subjects } = fact
    const loaded = {
      title,
      letter: '',
      subjects: subjects.map(subject => ({ heading: subject.title, asks: null })),
      asker: partyOf(world, fact.by),
      answerer: partyOf(world, fact.to),
      state: 'reply-not-held' as const,
      dated: lastDayOf(fact.on).with({ day: 1 }),
      sentOn: null,
      replyNote: fact.reply.says,
      recorded: [
        stepOf(world, statedInWords(fact.on), fact),
        ...fact.context.map(each => stepOf(world, statedInWords(each.source.date), each)),
        ...missing(world, fact),
      ],
      source: world.papers.cite(fact.source),
    }
    const about = subjects.flatMap(({ measure }) => (measure === null ? [] : [world.measures.get(measure)]))
    await publishRecord(trx, act, await loadChallenge(trx, act, area.id, loaded, about))
  })
}

function stepOf(world: PaperWorld, on: string, { says, source }: Recorded): RecordedStep {
  return { on, by: '', says, source: world.papers.cite(source) }
}
