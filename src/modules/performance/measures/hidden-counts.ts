/**
 * Which counts of people are not shown of one measure in one period, where its breakdowns form a tree under each of
 * several dimensions and every sum in it can be checked by a reader. Small counts are hidden; then others with them,
 * until each hidden count may be one more or one fewer without any shown figure saying otherwise. Sources: as
 * `analysis/suppression.ts`, which does the same for a table of rows and columns.
 *
 * Sums share at most one count with one another and close no ring (a part has one whole; dimensions meet only at the
 * whole area), so a change by one passes from sum to sum and never comes back: to look for it step by step is exact.
 */

/** A whole and the parts that add up to it. */
export interface Sum {
  whole: string
  parts: readonly string[]
}

/** The counts of one period by breakdown; one that is missing is left out. */
export type Counts = ReadonlyMap<string, number>

/**
 * The breakdowns whose count may not be shown.
 *
 * @param states the counts as they stood after each load that touched the period, earliest first. Each may have been
 *   published: what was hidden once stays hidden, and what was shown before and is the same now is no hiding place
 * @param threshold counts from 1 to one below it are small
 * @param elsewhere those that another source of the same counts hides
 */
export function hiddenCounts(
  sums: readonly Sum[],
  states: readonly Counts[],
  threshold: number,
  elsewhere: ReadonlySet<string> = new Set(),
): Set<string> {
  let hidden = new Set(elsewhere)
  const shown = new Map<string, Set<number>>()
  for (const counts of states) {
    const known = new Set(
      [...counts].filter(([name, value]) => shown.get(name)?.has(value) === true).map(([name]) => name),
    )
    const checked = usable(sums, counts)
    // First against a reader of everything shown before, as far as that can be; then against one of this state alone.
    hidden = hiddenIn(checked, counts, { threshold, hidden, known })
    hidden = hiddenIn(checked, counts, { threshold, hidden, known: new Set() })
    for (const [name, value] of counts) {
      if (!hidden.has(name)) shown.set(name, (shown.get(name) ?? new Set()).add(value))
    }
  }
  return hidden
}

/** The sums that a reader can check: a part without a count is taken for its own parts, or left out. */
function usable(sums: readonly Sum[], counts: Counts): Sum[] {
  const resolved = (part: string): readonly string[] =>
    counts.has(part) ? [part] : (sums.find(({ whole }) => whole === part)?.parts.flatMap(resolved) ?? [])
  return sums
    .filter(({ whole }) => counts.has(whole))
    .map(({ whole, parts }) => ({ whole, parts: parts.flatMap(resolved) }))
}

interface Before {
  threshold: number
  /** Hidden when the figures stood otherwise. */
  hidden: ReadonlySet<string>
  /** Shown before with the count it has now: hiding it protects nothing. */
  known: ReadonlySet<string>
}

function hiddenIn(sums: readonly Sum[], counts: Counts, { threshold, hidden: before, known }: Before): Set<string> {
  const hidden = new Set(before)
  for (const [name, value] of counts) if (value !== 0 && Math.abs(value) < threshold) hidden.add(name)
  for (;;) {
    const reader: Reader = {
      sums,
      counts,
      open: new Set([...hidden].filter(name => counts.has(name) && !known.has(name))),
    }
    const pinned = [...reader.open].find(name => isWorkedOut(reader, name))
    const next = pinned === undefined ? undefined : nextToHide(reader, pinned, hidden, known)
    if (next === undefined) return hidden
    hidden.add(next)
  }
}

/** What a reader has to go by: the sums, and which counts stay open. */
interface Reader {
  sums: readonly Sum[]
  counts: Counts
  open: ReadonlySet<string>
}

/** Whether only one count fits where it is hidden. */
function isWorkedOut(reader: Reader, name: string): boolean {
  return !mayBe(reader, name, 1, null) && !mayBe(reader, name, -1, null)
}

/** Whether a hidden count may be one more (or fewer), every sum but the one it was asked from still holding. */
function mayBe(reader: Reader, name: string, change: 1 | -1, from: Sum | null): boolean {
  if (!reader.open.has(name)) return false
  if (change < 0 && (reader.counts.get(name) ?? 0) <= leastHidden(reader)) return false
  return reader.sums.every(sum => {
    if (sum === from || !(sum.whole === name || sum.parts.includes(name))) return true
    if (sum.whole === name) return sum.parts.some(part => mayBe(reader, part, change, sum))
    if (mayBe(reader, sum.whole, change, sum)) return true
    const other = change === 1 ? -1 : 1
    return sum.parts.some(part => part !== name && mayBe(reader, part, other, sum))
  })
}

/** A reader knows that no hidden count is 0, as long as none is. */
const leastHidden = ({ open, counts }: Reader): number => ([...open].some(name => counts.get(name) === 0) ? 0 : 1)

/**
 * The smallest count in a sum with one that can be worked out, or else in a sum with another that is hidden; parts
 * before wholes, zeros last.
 */
function nextToHide(
  { sums, counts, open }: Reader,
  pinned: string,
  hidden: ReadonlySet<string>,
  known: ReadonlySet<string>,
): string | undefined {
  const members = (sum: Sum) => [sum.whole, ...sum.parts]
  const beside = new Set(sums.filter(sum => members(sum).includes(pinned)).flatMap(members))
  const linked = new Set(sums.filter(sum => members(sum).some(name => open.has(name))).flatMap(members))
  const wholes = new Set(sums.map(({ whole }) => whole))
  const cost = (name: string) =>
    (counts.get(name) === 0 ? 4 : 0) + (wholes.has(name) ? 2 : 0) + (beside.has(name) ? 0 : 1)
  const value = (name: string) => counts.get(name) ?? 0
  return [...linked]
    .filter(name => !hidden.has(name) && !known.has(name))
    .sort((a, b) => cost(a) - cost(b) || value(a) - value(b) || a.localeCompare(b, 'en-GB'))[0]
}
