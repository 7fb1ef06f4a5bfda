import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openForms } from './open-forms.ts'
import { readForm } from './testing.ts'

const page = join(import.meta.dirname, '../../../../docs/how-to/load-national-open-data.md')

describe('The how-to on national open data', () => {
  it('shows rows of every form, and each can be read', async () => {
    const text = await readFile(page, 'utf8')
    const blocks = [...text.matchAll(/^```csv ([a-z-]+)(?: (\S+))?\n([^]*?)^```/gm)]
    assert.deepEqual(blocks.map(block => block[1]).sort(), openForms.map(form => form.name).sort())
    for (const [, name = '', fileName = '', rows = ''] of blocks) {
      const sheet = await readForm(name, rows.trim().split('\n'), { fileName: `${fileName}.csv` })
      assert.deepEqual(sheet.faults, [], name)
      assert.ok(sheet.figures.length > 0, name)
    }
    for (const { name } of openForms) assert.ok(text.includes(`| \`${name}\``), name)
  })
})
