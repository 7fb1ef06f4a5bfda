/**
 * The known word nearest to one that was typed, for "did you mean", or null if none is near: more than a third of its
 * letters would have to change.
 */
export function nearest(typed: string, known: readonly string[]): string | null {
  const wanted = typed.trim().toLowerCase()
  let best: string | null = null
  let least = Math.floor(Math.max(wanted.length, 3) / 3) + 1
  for (const word of known) {
    const distance = editDistance(wanted, word.toLowerCase(), least)
    if (distance < least) [best, least] = [word, distance]
  }
  return best
}

/** Letters to add, take away or change (Levenshtein), given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    if (Math.min(...next) >= limit) return limit
    row = next
  }
  return row[b.length] ?? limit
}
