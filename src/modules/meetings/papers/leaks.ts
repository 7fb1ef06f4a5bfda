import { createHash } from 'node:crypto'

/*
 * What is withheld in one place of a meeting's papers and printed in another: a figure taken out here and repeated
 * there, a name, a phrase of four words or more. Pure: texts in, findings out. Linear in the length of the texts.
 */

/** Words of a paper and where they stand, as a reader would name the place. */
export interface PlacedText {
  where: string
  text: string
}

export interface Leak {
  kind: 'figure' | 'name' | 'phrase'
  /** As it is printed where it is open. */
  found: string
  openIn: string
  withheldIn: string
  /** The same for the same words in the same place, so that what was settled stays settled. */
  fingerprint: string
}

/** Words that every paper of this field prints, and that give nothing away. */
const common = new Set(
  `a an the and or of to in on at by for with from as is are was were be been being has have had do does did not no
  that this these those it its their his her they he she we our you your who which what when where how why will would
  shall should may might can could must than then there here into over under between after before during about also
  all any each other more most some such only own same so if but up out per cent
  police crime commissioner panel chief constable office force county council councillor member members meeting
  report paper appendix item agenda minutes year quarter month annual public local service officer officers staff
  january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday act section paragraph schedule`.split(/\s+/),
)

interface Word {
  /** Lower case, without marks at its edges. */
  plain: string
  from: number
  to: number
  capital: boolean
  /** Begins a sentence, where a capital says nothing. */
  first: boolean
}

const phraseLength = 4

/** What of the withheld texts is printed in the open ones: each once for each open place, the longest phrase found. */
export function findLeaks(withheld: readonly PlacedText[], open: readonly PlacedText[]): Leak[] {
  const known = indexOf(withheld)
  return open.flatMap(text => leaksIn(text, known))
}

interface Known {
  figures: Map<string, string>
  names: Map<string, string>
  phrases: Map<string, string>
}

function indexOf(withheld: readonly PlacedText[]): Known {
  const known: Known = { figures: new Map(), names: new Map(), phrases: new Map() }
  const keep = (map: Map<string, string>, key: string, where: string) => {
    if (!map.has(key)) map.set(key, where)
  }
  for (const { where, text } of withheld) {
    const words = wordsIn(text)
    for (const { figure } of figuresIn(text)) keep(known.figures, figure, where)
    for (const { name } of namesIn(text, words)) keep(known.names, name, where)
    for (let at = 0; at + phraseLength <= words.length; at += 1) {
      const phrase = words.slice(at, at + phraseLength)
      if (isTelling(phrase)) keep(known.phrases, key(phrase), where)
    }
  }
  return known
}

const key = (words: readonly Word[]): string => words.map(word => word.plain).join(' ')

/** Whether a phrase says more than the words that every paper prints. */
function isTelling(words: readonly Word[]): boolean {
  return words.filter(word => word.plain.length > 2 && !common.has(word.plain)).length >= 2
}

function leaksIn({ where, text }: PlacedText, known: Known): Leak[] {
  const words = wordsIn(text)
  const found: Omit<Leak, 'openIn' | 'fingerprint'>[] = []
  for (const { figure, printed } of figuresIn(text)) {
    const withheldIn = known.figures.get(figure)
    if (withheldIn !== undefined) found.push({ kind: 'figure', found: printed, withheldIn })
  }
  const phrases = phrasesIn(text, words, known)
  found.push(...phrases)
  for (const { name, printed } of namesIn(text, words, true)) {
    const withheldIn = known.names.get(name)
    if (withheldIn === undefined || phrases.some(phrase => phrase.found.includes(printed))) continue
    found.push({ kind: 'name', found: printed, withheldIn })
  }
  return onceEach(found.map(each => ({ ...each, openIn: where, fingerprint: fingerprint(each, where) })))
}

function fingerprint({ kind, found }: Pick<Leak, 'kind' | 'found'>, where: string): string {
  return createHash('sha256').update([kind, found.toLowerCase(), where].join('\u0000')).digest('hex')
}

function onceEach(leaks: readonly Leak[]): Leak[] {
  return [...new Map(leaks.map(leak => [leak.fingerprint, leak])).values()]
}

/** Runs of words of which every four in a row are withheld somewhere, as one phrase. */
function phrasesIn(text: string, words: readonly Word[], known: Known): Omit<Leak, 'openIn' | 'fingerprint'>[] {
  const runs: { from: number; to: number; withheldIn: string }[] = []
  for (let at = 0; at + phraseLength <= words.length; at += 1) {
    const withheldIn = known.phrases.get(key(words.slice(at, at + phraseLength)))
    if (withheldIn === undefined) continue
    const run = runs.at(-1)
    if (run !== undefined && at <= run.to) run.to = at + phraseLength - 1
    else runs.push({ from: at, to: at + phraseLength - 1, withheldIn })
  }
  return runs.flatMap(({ from, to, withheldIn }) => {
    const [first, last] = [words[from], words[to]]
    return first === undefined || last === undefined
      ? []
      : [{ kind: 'phrase' as const, found: printed(text, first, last), withheldIn }]
  })
}

const printed = (text: string, first: Word, last: Word): string =>
  text.slice(first.from, last.to).replaceAll(/\s+/g, ' ')

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}'’.,-]*[\p{L}\p{N}])?/gu)].map(found => {
    const word = found[0]
    const before = text.slice(Math.max(0, found.index - 3), found.index).trimEnd()
    return {
      plain: word.toLowerCase().replaceAll('’', "'"),
      from: found.index,
      to: found.index + word.length,
      capital: /^\p{Lu}\p{Ll}/u.test(word),
      first: found.index === 0 || /[.!?:]$/.test(before),
    }
  })
}

/**
 * Figures that can be known again: of three digits or more, sums of money, percentages with a decimal. A bare year
 * (1900 to 2099) stands everywhere and tells nothing.
 */
function figuresIn(text: string): { figure: string; printed: string }[] {
  return [
    ...text.matchAll(/(?<![\p{L}\d])(?:£\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?(?:\s?(?:%|per cent))?)/gu),
  ].flatMap(found => {
    const written = found[0].replace(/,+$/, '')
    const money = written.startsWith('£')
    const share = /%|per cent/.test(written)
    const figure = written.replaceAll(/[£,%\s]|per cent/g, '')
    const digits = figure.replace('.', '').length
    const year = /^(19|20)\d\d$/.test(figure) && !written.includes(',') && !money
    const telling = money || (share && figure.includes('.')) || digits >= 3
    return telling && !year ? [{ figure, printed: written }] : []
  })
}

/**
 * Names: two or three words with capitals in a row, of which none is a word of the trade.
 *
 * @param every also those that begin a sentence: where they are looked for, not where they are learnt
 */
function namesIn(text: string, words: readonly Word[], every = false): { name: string; printed: string }[] {
  const named = (word: Word | undefined): word is Word =>
    word !== undefined && word.capital && word.plain.length > 2 && !common.has(word.plain)
  return words.flatMap((word, at) => {
    const next = words[at + 1]
    if (!named(word) || !named(next) || !/^\s+$/.test(text.slice(word.to, next.from))) return []
    if (word.first && !every && words[at + 2] === undefined) return []
    return [{ name: key([word, next]), printed: printed(text, word, next) }]
  })
}
