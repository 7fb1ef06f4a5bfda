/** A part of a pack with the pages it takes. */
export interface PagedPart {
  key: string
  pages: number
}

/** What is printed on the pages of each part, by its key. */
export type PrintedNumbers = ReadonlyMap<string, readonly string[]>

/**
 * The numbers printed on the pages of a pack. The first pack of a meeting counts 1, 2, 3. In a later one every part
 * keeps the numbers it had; what is added takes letters after the page that it follows: 47A, 47B. Nobody's "page 48"
 * becomes another page. A part that lost a page leaves its number out. Pure.
 *
 * @param before the numbers of the pack as it was; null for the first
 */
export function printedNumbers(parts: readonly PagedPart[], before: PrintedNumbers | null): string[][] {
  if (before === null) return counted(parts)
  const lettered = lastLetters([...before.values()].flat())
  let follows = '0'
  return parts.map(part => {
    const numbers = (before.get(part.key) ?? []).slice(0, part.pages)
    follows = plainNumber(numbers.at(-1)) ?? follows
    while (numbers.length < part.pages) {
      const next = (lettered.get(follows) ?? 0) + 1
      lettered.set(follows, next)
      numbers.push(`${follows}${letters(next)}`)
    }
    return numbers
  })
}

function counted(parts: readonly PagedPart[]): string[][] {
  let page = 0
  return parts.map(part => Array.from({ length: part.pages }, () => String((page += 1))))
}

/** The page that a number with letters follows: 47 of 47B. */
function plainNumber(label: string | undefined): string | undefined {
  return label === undefined ? undefined : /^\d+/.exec(label)?.[0]
}

/** How many letters follow each page already: what was given is not given again. */
function lastLetters(labels: readonly string[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const label of labels) {
    const [, page = '', word = ''] = /^(\d+)([A-Z]*)$/.exec(label) ?? []
    last.set(page, Math.max(last.get(page) ?? 0, placeOf(word)))
  }
  return last
}

const placeOf = (word: string): number => [...word].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0)

/** 1 is A, 26 is Z, 27 is AA. */
function letters(n: number): string {
  const last = String.fromCharCode(65 + ((n - 1) % 26))
  return n > 26 ? `${letters(Math.floor((n - 1) / 26))}${last}` : last
}
