/**
 * A place's name as it is compared: what tables write differently is taken off. Capitals, `&` for “and”, hyphens and
 * commas, footnotes (`Leicestershire [note 4]`), “Police”, “Constabulary”, and a name turned round (`London, City of`).
 */
export function spellingOf(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/\[[^\]]*\]|\*/g, ' ')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[’']/g, '')
  const turned = /^([^,]+),\s*(city of|borough of|county of)\s*$/.exec(plain.trim())
  const text = turned === null ? plain : `${turned[2] ?? ''} ${turned[1] ?? ''}`
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '')
  while (words.length > 1 && trailing.has(words.at(-1) ?? '')) words.pop()
  return words.join(' ')
}

/** Words at the end that say what a place is and not which. */
const trailing = new Set(['police', 'constabulary', 'service', 'force'])

/** A name as it is printed: without footnotes and spare spaces. */
export function printedName(name: string): string {
  return name
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/^\*/, '')
    .replace(/\s+/g, ' ')
    .trim()
}
