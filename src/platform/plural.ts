/** "1 question", "1,200 questions"; an irregular plural is given. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/** The word alone that goes with a count: is or are, its or their. */
export function wordFor(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}
