import type { OutcomeForm } from './queries.ts'

/** A sentence of a minute that reads as if somebody took something on, and stands on no list yet. */
export interface OfferedSentence {
  sentence: string
  form: OutcomeForm
  /** Initials that the sentence names as doing it, as written. */
  who: string | null
}

const deeds =
  'provide|report|bring|circulate|write|send|share|look|check|update|confirm|arrange|follow|raise|ensure|supply|prepare|review|include|consider|find|obtain|forward|discuss|attend|return|publish|explore|liaise|contact'

/** The turns of phrase of real minutes, each with what it usually raises. The first that fits is offered. */
const phrases: readonly { pattern: RegExp; form: OutcomeForm }[] = [
  { pattern: /\brecommend(s|ed)?\b.{0,40}\b(that|to)\b/i, form: 'recommendation' },
  { pattern: /^\s*actions?\b\s*[:–-]/i, form: 'action' },
  { pattern: /\b(request(s|ed)|ask(s|ed) (for|that|to be|whether .* could be))\b/i, form: 'request' },
  {
    pattern: /\b(agreed|undertook|undertakes|offered|promised|committed|tasked) (to|that .* would)\b/i,
    form: 'undertaking',
  },
  {
    pattern: new RegExp(`\\b(would|will|shall)\\s+(also\\s+)?(be\\s+)?(${deeds})(ed|d)?\\b`, 'i'),
    form: 'undertaking',
  },
  { pattern: new RegExp(`\\b[A-Z]{2,4}\\s+to\\s+(${deeds})\\b`), form: 'action' },
]

/** Words too common to tell whether two sentences speak of one thing. */
const common = new Set(
  'the and for that this with from was were will would shall has have had been are not its their they his her into upon which who whom what when then than also any all'.split(
    ' ',
  ),
)

/**
 * Sentences that read like an undertaking, a request, a recommendation or an action and are neither typed as one nor
 * were looked at. They are offered, never raised by themselves: only a person can say what was meant.
 *
 * @param text what is minuted under one item
 * @param typed the outcomes typed under it
 * @param settled sentences that somebody said raise nothing
 */
export function offeredInProse(
  text: string,
  typed: readonly { text: string }[],
  settled: readonly string[] = [],
): OfferedSentence[] {
  const known = typed.map(each => tellingWords(each.text))
  return sentencesOf(text).flatMap(sentence => {
    const phrase = phrases.find(({ pattern }) => pattern.test(sentence))
    if (phrase === undefined || settled.includes(sentence)) return []
    const words = tellingWords(sentence)
    if (known.some(each => saysTheSame(each, words))) return []
    return [{ sentence, form: phrase.form, who: whoIn(sentence) }]
  })
}

/** Sentences as they stand; a line break ends one too. "St. Mary" and "Q. 4" are not worth the risk of joining. */
function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=["'“(]?\p{Lu})/u)
    .map(each => each.trim())
    .filter(each => each.length > 0)
}

function tellingWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}{3,}|\d+/gu) ?? []
  return new Set(words.filter(word => !common.has(word)))
}

/** The typed line is found again in the sentence: most of the shorter one's words stand in the other. */
function saysTheSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [short, long] = one.size <= other.size ? [one, other] : [other, one]
  if (short.size === 0) return false
  const shared = [...short].filter(word => long.has(word)).length
  return shared / short.size >= 0.6
}

function whoIn(sentence: string): string | null {
  return (
    /\b(\p{Lu}{2,4})\b(?=\s+(?:agreed|undertook|offered|promised|will|would|to|is to|was to)\b)/u.exec(sentence)?.[1] ??
    null
  )
}
