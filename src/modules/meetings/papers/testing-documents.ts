import { crc32 } from 'node:zlib'

/* Small documents for tests, made byte by byte: whole ones, and such as people send in error. */

/** A Word document of these paragraphs; `# ` before one makes it a heading. */
export function wordDocument(paragraphs: readonly string[], extra = ''): Buffer {
  const body = paragraphs.map(wordParagraph).join('')
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  return zip([
    [
      '[Content_Types].xml',
      `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    ],
    [
      'word/document.xml',
      `<?xml version="1.0"?><w:document xmlns:w="${word}"><w:body>${body}${extra}</w:body></w:document>`,
    ],
  ])
}

function wordParagraph(text: string): string {
  const heading = text.startsWith('# ')
  const style = heading ? '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' : ''
  return `<w:p>${style}<w:r><w:t>${heading ? text.slice(2) : text}</w:t></w:r></w:p>`
}

/** A table as a Word document holds it. */
export function wordTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`
  return `<w:tbl>${rows.map(row => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`
}

/** A Word document of which the middle was lost on the way. */
export function corruptWord(): Buffer {
  const whole = wordDocument(['Words.'])
  return Buffer.concat([whole.subarray(0, 300), Buffer.alloc(200), whole.subarray(500)])
}

function zip(files: readonly (readonly [string, string])[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, text] of files) {
    const data = Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const here = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), data])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, place, Buffer.from(name)]))
    local.push(here)
    offset += here.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32BE(0x504b0506, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

/** A PDF with a page for each text; an empty text makes a page that shows a grey box and has no words: a scan. */
export function pdfDocument(pages: readonly string[], encrypted = false): Buffer {
  const kids = pages.map((_, at) => `${String(4 + at * 2)} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, at) => {
      const content = text === '' ? '0.5 g 50 50 400 600 re f' : `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(5 + at * 2)} 0 R >>`,
        `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  if (encrypted) {
    const key = (byte: string) => `<${byte.repeat(32)}>`
    objects.push(`<< /Filter /Standard /V 1 /R 2 /O ${key('5a')} /U ${key('3c')} /P -44 >>`)
  }
  return writePdf(objects, encrypted)
}

function writePdf(objects: readonly string[], encrypted: boolean): Buffer {
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = text.length
    text += `${String(at + 1)} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = text.length
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const id = '<00112233445566778899aabbccddeeff>'
  const lock = encrypted ? ` /Encrypt ${String(objects.length)} 0 R /ID [${id} ${id}]` : ''
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${rows}`
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R${lock} >>\nstartxref\n${String(start)}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A PDF of which only the beginning arrived. */
export function corruptPdf(): Buffer {
  return Buffer.from('%PDF-1.4\nnothing that a reader could make anything of')
}
