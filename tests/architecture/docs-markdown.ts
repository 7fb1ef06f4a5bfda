/** Text as a cell of a table: on one line, and no bar that would end it. */
export const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim()

/** A word as code. */
export const code = (word: string): string => `\`${word}\``

/** A table of Markdown; every row has as many cells as there are headings. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
