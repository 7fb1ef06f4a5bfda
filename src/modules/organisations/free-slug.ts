/** The first of `wanted`, `wanted-2`, `wanted-3` … that is not taken. */
export function freeSlug(wanted: string, taken: readonly string[]): string {
  const base = wanted === '' ? 'unnamed' : wanted
  if (!taken.includes(base)) return base
  let next = 2
  while (taken.includes(`${base}-${next}`)) next += 1
  return `${base}-${next}`
}
