/**
 * Gives the pages of a PDF the numbers that are printed on them, so that a reader who asks for page 47A gets it.
 * Typst can label pages that count 1, 2, 3; a label of its own on each page is added here, as an update at the end of
 * the file (PDF 1.7, sections 7.5.6 and 12.4.2): nothing of what Typst wrote is changed, and the tags stay.
 *
 * @param bytes a PDF as Typst writes it: a plain cross-reference table, and the catalog as an object of its own
 * @throws if it is not
 */
export function withPageLabels(bytes: Buffer, labels: readonly string[]): Buffer {
  const text = bytes.toString('latin1')
  const trailer = text.slice(text.lastIndexOf('trailer'))
  const root = /\/Root (\d+) 0 R/.exec(trailer)?.[1]
  const size = /\/Size (\d+)/.exec(trailer)?.[1]
  const previous = /startxref\s+(\d+)/.exec(trailer)?.[1]
  const id = /\/ID \[[^\]]*\]/.exec(trailer)?.[0] ?? ''
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0] ?? ''
  if (root === undefined || size === undefined || previous === undefined) throw new Error('This PDF has no trailer')
  const catalog = catalogWith(text, root, labels)
  const start = bytes.length + 1
  const table = `xref\n${root} 1\n${String(start).padStart(10, '0')} 00000 n \n`
  const end = `trailer\n<< /Size ${size} /Root ${root} 0 R ${info} ${id} /Prev ${previous} >>\nstartxref\n`
  const update = Buffer.from(`\n${catalog}`, 'latin1')
  const at = String(bytes.length + update.length)
  return Buffer.concat([bytes, update, Buffer.from(`${table}${end}${at}\n%%EOF\n`, 'latin1')])
}

function catalogWith(text: string, root: string, labels: readonly string[]): string {
  const from = text.lastIndexOf(`\n${root} 0 obj`) + 1
  const object = text.slice(from, text.indexOf('endobj', from) + 'endobj'.length)
  if (from === 0 || !object.includes('/Type /Catalog')) throw new Error('This PDF has no catalog')
  const numbers = labels.map((label, at) => `${String(at)} << /P ${pdfString(label)} >>`).join(' ')
  const without = object.replace(/\/PageLabels \d+ 0 R/, '')
  return `${without.replace('/Type /Catalog', `/Type /Catalog\n  /PageLabels << /Nums [${numbers}] >>`)}\n`
}

/** A string as PDF writes it, in UTF-16 with its mark. */
function pdfString(text: string): string {
  const hex = [...text].flatMap(sign => [...Buffer.from(sign, 'utf16le').swap16()])
  return `<feff${hex.map(byte => byte.toString(16).padStart(2, '0')).join('')}>`
}
