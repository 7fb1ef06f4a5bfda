import type { GeneralPage } from '../platform/web/general-pages.ts'
import type { FormModel, WorkingModel } from '../platform/web/patterns.ts'
import type { Answer } from '../platform/web/route.ts'
import { page } from '../platform/web/route.ts'
import { clockRules, shippedBasis } from './clock-basis.ts'
import { explainedModel, lawModel } from './clock-models.ts'
import { lengthSourceOf, lengthWords, statusWords } from './clock-words.ts'
import {
  asJson,
  ClockFault,
  computeClocks,
  explainClocks,
  findRule,
  loadOwners,
  loadRuleGroups,
} from './clocks/index.ts'
import { readFacts } from './clocks/index.ts'
import type { ClockFacts, ClockResult, ClockRule } from './clocks/index.ts'
import { explainedParts } from './public-clock.ts'

type Query = Readonly<Record<string, string | undefined>>

/** Every rule that deadlines are counted with, and a form to work one out; as a page and as data. */
export const clockPages: readonly GeneralPage[] = [
  { path: '/clocks', answer: showClocks },
  { path: '/clocks.json', answer: showClocksData },
]

/** What may be given to a rule, under the names of the command's options. */
const factFields = ['from', 'year', 'members', 'length', 'paused', 'left-out', 'area'] as const

/** What was asked for, as the command would be typed: a list of dates or stretches has commas between. */
function asked(query: Query): { rule: string; facts: readonly ClockFacts[] } {
  const texts = factFields.flatMap(field => {
    const text = query[field]?.trim() ?? ''
    return text === '' ? [] : [[field, text.split(',').map(part => part.trim())] as const]
  })
  const extended = query['extended'] === 'yes'
  const facts = readFacts({ words: [], options: { ...Object.fromEntries(texts), ...(extended && { extended }) } })
  return { rule: (query['rule'] ?? '').trim(), facts }
}

/**
 * Works out what an address asks for.
 *
 * @throws ClockFault in words that say which fact is missing or wrong
 */
function workedOut(query: Query): { rule: ClockRule; results: readonly { facts: ClockFacts; result: ClockResult }[] } {
  const { rule: id, facts } = asked(query)
  const rule = findRule(clockRules(), id)
  const results = facts.flatMap(each =>
    computeClocks(rule, each, shippedBasis()).map(result => ({ facts: each, result })),
  )
  return { rule, results }
}

function showClocks(query: Query): Answer {
  const isAsked = (query['rule'] ?? '').trim() !== ''
  const form: FormModel = { action: '/clocks', fields: { ...query }, faults: [] }
  const model = { title: 'How deadlines are worked out', groups: groups(), rules: ruleOptions() }
  if (!isAsked) return page(view, { ...model, form, worked: null })
  try {
    return page(view, { ...model, form, worked: workedModel(query) })
  } catch (fault) {
    if (!(fault instanceof ClockFault)) throw fault
    const faults = [{ field: fault.fact, message: onAPage(fault.message) }]
    return page(view, { ...model, form: { ...form, faults }, worked: null }, 422)
  }
}

const view = 'record/views/clocks.njk'

/** The command's words for somebody who types no options. */
function onAPage(message: string): string {
  return message
    .replaceAll(/--[a-z-]+ /g, '')
    .replace('`peelian clock` lists them all.', 'The list below has them all.')
}

function workedModel(query: Query) {
  const { rule, results } = workedOut(query)
  return {
    rule: rule.id,
    title: rule.title,
    data: `/clocks.json?${new URLSearchParams(definedOnly(query)).toString()}`,
    answers: results.map(({ facts, result }, at) => ({
      votes: result.votes,
      date: result.due instanceof Temporal.PlainDateTime ? result.due.toPlainDate() : result.due,
      time:
        result.due instanceof Temporal.PlainDateTime
          ? result.due.toPlainTime().toString({ smallestUnit: 'minute' })
          : null,
      working: workingOf(rule, facts, sameFactsBefore(results, at)),
    })),
  }
}

/** Which of the dates of one year this is, where a plain year holds several. */
function sameFactsBefore(results: readonly { facts: ClockFacts }[], at: number): number {
  return results.slice(0, at).filter(({ facts }) => facts === results[at]?.facts).length
}

function workingOf(rule: ClockRule, facts: ClockFacts, nth: number): WorkingModel {
  const explained = explainClocks(rule, facts, shippedBasis())[nth]
  const parts = explained === undefined ? { leftOut: [] } : explainedModel(explainedParts(explained))
  return {
    rule: rule.sentence,
    law: lawModel(rule.source),
    known: statusWords[rule.status],
    ...(rule.status === 'local' && { convention: true as const }),
    length: lengthWords[facts.length === undefined ? lengthSourceOf(rule) : 'set'],
    ...parts,
    ...(rule.breach !== null && { breach: rule.breach }),
  }
}

function definedOnly(query: Query): [string, string][] {
  return Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]))
}

let prepared: readonly { id: string; heading: string; rules: readonly object[] }[] | undefined

/** The rules by subject as the page lists them; they change only with a new version. */
function groups() {
  prepared ??= loadRuleGroups().map(({ heading, rules }) => ({
    id: heading.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
    heading,
    rules: rules.map(ruleLine),
  }))
  return prepared
}

function ruleLine(rule: ClockRule) {
  const { id, title, sentence, source, status, inForce, breach, note, setting, jurisdiction } = rule
  const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))
  return {
    ...{ id, title, sentence, breach, note, jurisdiction },
    owner: loadOwners()[rule.owner] ?? rule.owner,
    law: lawModel(source),
    known: statusWords[status],
    length: lengthWords[lengthSourceOf(rule)],
    local: status === 'local',
    setting: setting?.title,
    commencement: inForce.commencement,
    from: day(inForce.from),
    until: day(inForce.until),
  }
}

function ruleOptions() {
  return [...clockRules().values()]
    .map(({ id, title }) => ({ value: id, text: `${id}: ${title}` }))
    .sort((a, b) => a.value.localeCompare(b.value))
}

function showClocksData(query: Query): Answer {
  if ((query['rule'] ?? '').trim() === '') {
    return json([...clockRules().values()].map(({ id, ...rest }) => ({ rule: id, ...rest })))
  }
  try {
    return json(workedOut(query).results.map(({ result }) => asJson(result)))
  } catch (fault) {
    if (!(fault instanceof ClockFault)) throw fault
    return json({ fact: fault.fact, message: onAPage(fault.message) }, 422)
  }
}

function json(body: object, status = 200): Answer {
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2), status }
}
