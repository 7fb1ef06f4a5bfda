import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import { cellAt, columnLetter, labelAt, type Sheet } from './grid.ts'
import { openSheets } from './open-sheets.ts'

async function workbook(fill: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void): Promise<Buffer> {
  const book = new exceljs.Workbook()
  fill(book.addWorksheet('Figures'), book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function sheetOf(bytes: Buffer): Promise<Sheet> {
  const opened = await openSheets(bytes, 'figures')
  assert.ok(opened.ok, JSON.stringify(opened))
  const [sheet] = opened.sheets
  assert.ok(sheet)
  return sheet
}

async function whyNot(bytes: Buffer): Promise<string> {
  const opened = await openSheets(bytes, 'figures')
  return opened.ok ? 'read' : opened.why
}

/** A zip file of one part of 90 MB, whose directory says that it has some other size. */
function bombThatSays(size: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(90_000_000, 32))
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  return Buffer.concat([local, name, packed, entry, name])
}

describe('A workbook', () => {
  it('is read by what its cells show: percentages, days, values of formulas, faults', async () => {
    const sheet = await sheetOf(
      await workbook(figures => {
        figures.addRow(['Force', new Date('2017-06-01T00:00:00Z'), 0.57, 1234.5, '10,765', true])
        figures.getCell('C1').numFmt = '0.0%'
        figures.getCell('D1').numFmt = '#,##0 "100%"'
        figures.getCell('A2').value = { formula: 'B2*2', result: 42 }
        figures.getCell('B2').value = { formula: 'X9', result: { error: '#REF!' } }
        figures.getCell('C2').value = { richText: [{ text: 'Rug' }, { text: 'by' }] }
        figures.getCell('D2').value = { formula: 'A2/100', result: 0.85 }
        figures.getCell('D2').numFmt = '0%'
      }),
    )
    assert.deepEqual(sheet.rows[0], ['Force', { date: '2017-06-01' }, { percent: 57 }, 1234.5, '10,765', 'TRUE'])
    assert.deepEqual(sheet.rows[1], [42, { fault: '#REF!' }, 'Rugby', { percent: 85 }])
  })
  it('counts days from 1900 or from 1904, as it says', async () => {
    for (const date1904 of [false, true]) {
      const bytes = await workbook((figures, book) => {
        book.properties.date1904 = date1904
        figures.getCell('A1').value = new Date('2017-06-30T00:00:00Z')
        figures.getCell('A1').numFmt = 'mmm-yy'
      })
      assert.deepEqual((await sheetOf(bytes)).rows, [[{ date: '2017-06-30' }]], String(date1904))
    }
  })
  it('keeps rows where they stand, says which are hidden, and gives merged cells one value', async () => {
    const sheet = await sheetOf(
      await workbook(figures => {
        figures.getCell('A3').value = 'Recorded crime'
        figures.mergeCells('A3:C3')
        figures.getCell('A5').value = 1
        figures.getRow(5).hidden = true
        figures.getColumn(2).hidden = true
      }),
    )
    assert.deepEqual([sheet.rows.length, sheet.hiddenRows, sheet.hiddenColumns], [5, [5], []])
    assert.equal(cellAt(sheet, 3, 2), null)
    assert.equal(labelAt(sheet, 3, 3), 'Recorded crime')
  })
  it('of several sheets gives each with its name, and whether it is hidden', async () => {
    const bytes = await workbook((figures, book) => {
      figures.getCell('A1').value = 1
      const notes = book.addWorksheet('Notes')
      notes.getCell('A1').value = 2
      notes.state = 'hidden'
    })
    const opened = await openSheets(bytes, 'x')
    assert.ok(opened.ok)
    assert.deepEqual(
      opened.sheets.map(each => [each.name, each.hidden]),
      [
        ['Figures', false],
        ['Notes', true],
      ],
    )
  })
  it('of two hundred columns is read to the last', async () => {
    const sheet = await sheetOf(await workbook(figures => figures.addRow(Array.from({ length: 200 }, (_, i) => i + 1))))
    assert.equal(sheet.rows[0]?.length, 200)
    assert.deepEqual([columnLetter(26), columnLetter(27), columnLetter(200)], ['Z', 'AA', 'GR'])
  })
  it('that is empty, damaged, protected, old or huge is refused, each with its reason', async () => {
    assert.equal(await whyNot(await workbook(() => undefined)), 'nothing')
    const good = await workbook(figures => figures.addRow(['a', 1]))
    assert.equal(await whyNot(good.subarray(0, good.length / 2)), 'corrupt')
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    assert.equal(await whyNot(ole), 'old-excel')
    assert.equal(await whyNot(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])), 'password')
    const open = Buffer.from('PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'latin1')
    assert.equal(await whyNot(open), 'open-document')
    for (const said of [90_000_000, 100]) {
      const bomb = bombThatSays(said)
      assert.ok(bomb.length < 1_000_000)
      assert.equal(await whyNot(bomb), 'too-large')
    }
  })
})

describe('A table in text', () => {
  it('is read whatever parts its cells, with a byte-order mark or in Windows-1252', async () => {
    for (const mark of [',', ';', '\t', '|']) {
      const text = ['Area', 'Jun-17', 'Jul-17'].join(mark) + '\n' + ['Café – “north”', '1', '2'].join(mark)
      const in1252 = text.replace('é', '\xe9').replace('–', '\x96').replace('“', '\x93').replace('”', '\x94')
      for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(in1252, 'latin1')]) {
        const sheet = await sheetOf(bytes)
        assert.deepEqual(
          sheet.rows,
          [
            ['Area', 'Jun-17', 'Jul-17'],
            ['Café – “north”', '1', '2'],
          ],
          JSON.stringify(mark),
        )
      }
    }
  })
  it('may hold line breaks and commas within quotation marks; rows keep their lines', async () => {
    const sheet = await sheetOf(Buffer.from('Area;Figure\n"Nuneaton,\nBedworth";"1,5"\n\nRugby;2;\n'))
    assert.deepEqual(cellAt(sheet, 3, 1), 'Nuneaton,\nBedworth')
    assert.deepEqual(sheet.rows[4], ['Rugby', '2'])
  })
  it('without anything in it is refused', async () => {
    assert.equal(await whyNot(Buffer.from('\ufeff \n')), 'nothing')
    assert.equal(await whyNot(Buffer.from('a\0b')), 'corrupt')
  })
})
