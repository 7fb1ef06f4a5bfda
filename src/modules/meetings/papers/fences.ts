/*
 * The text of a paper: Markdown in which what is withheld stands between fences, so that a marking moves with its
 * words when the text is edited:
 *
 *     ::: restricted G1
 *     The paragraph that is withheld, on the ground kept under G1.
 *     :::
 *
 * In what is handed on, `::: withheld G1 paragraph` stands where such a paragraph was, and nothing of its words.
 * Whatever begins with three colons and is not understood is taken for the beginning of something restricted: a slip
 * of the pen keeps back too much, never too little.
 */

/** What stood in the place of a gap. A heading keeps its level, so that the numbers of the rest stand. */
export interface Gap {
  was: 'heading' | 'paragraph' | 'list' | 'table'
  level: number
}

/** Lines that stand between the same fences. */
export interface Run {
  mark: string | null
  from: number
  lines: string[]
  gap?: Gap
}

const isFence = (line: string): boolean => /^\s*:::/.test(line)
const gapWords = /^withheld (\S+) (?:(heading)([1-6])|(paragraph|list|table))$/
export const noKey = '?'

/** Parts a text by its fences, and says what is wrong with them. Pure. */
export function readRuns(source: string): { runs: Run[]; faults: string[] } {
  const runs: Run[] = []
  const faults: string[] = []
  let open: { mark: string; line: number } | null = null
  let run: Run | null = null
  const lines = source.replaceAll(/\r\n?/g, '\n').split('\n')
  for (const [at, line] of lines.entries()) {
    if (!isFence(line)) {
      run ??= { mark: open?.mark ?? null, from: at, lines: [] }
      run.lines.push(line)
      continue
    }
    if (run !== null) runs.push(run)
    run = null
    const words = line.replace(/^\s*:+/, '').trim()
    const gap = readGap(words)
    if (gap !== null && open === null) runs.push({ mark: gap.mark, from: at, lines: [], gap: gap.gap })
    else if (words === '') {
      if (open === null) faults.push(`Line ${String(at + 1)}: a restricted part ends here that never began.`)
      open = null
    } else {
      if (open !== null) faults.push(`Line ${String(at + 1)}: a restricted part begins inside another.`)
      const mark = /^restricted (\S+)$/.exec(words)?.[1]
      if (mark === undefined) faults.push(`Line ${String(at + 1)} begins with ::: and is not understood.`)
      open = { mark: mark ?? noKey, line: at + 1 }
    }
  }
  if (run !== null) runs.push(run)
  if (open !== null) faults.push(`The restricted part that begins on line ${String(open.line)} has no end (:::).`)
  return { runs, faults }
}

function readGap(words: string): { mark: string; gap: Gap } | null {
  const found = gapWords.exec(words)
  if (found === null) return null
  const [, mark = noKey, heading, level, other] = found
  const was = heading === undefined ? (other as 'paragraph' | 'list' | 'table') : 'heading'
  return { mark, gap: { was, level: Number(level ?? 0) } }
}

/** The line that stands for a withheld block in what is handed on. */
export function gapLine(mark: string | null, { was, level }: Gap): string {
  return `::: withheld ${mark ?? noKey} ${was}${was === 'heading' ? String(level) : ''}`
}
