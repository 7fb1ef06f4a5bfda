import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { generateDocs, generatedFolder } from './docs-generated.ts'
import { project } from './planted-tree.ts'

describe('the generated pages', () => {
  let generated: Map<string, string>
  before(async () => {
    generated = await generateDocs()
  })

  it('are those of the present code: run "node bin/docs.mjs" where they are not', async () => {
    const folder = join(project, generatedFolder)
    assert.deepEqual((await readdir(folder)).sort(), [...generated.keys()].sort())
    for (const [name, text] of generated) {
      const there = await readFile(join(folder, name), 'utf8')
      assert.ok(there === text, `${generatedFolder}/${name} is not up to date: run "node bin/docs.mjs"`)
    }
  })

  it('say what is there', () => {
    const said: Readonly<Record<string, RegExp>> = {
      'commands.md': /^## verify$[^]*npx peelian verify \[--against HASH\]/m,
      'permissions.md': /^\| `organisations\.publish` +\| [^|]*chief executive/m,
      'routes.md': /^\| GET +\| `\/<area>\/records\/:id\/trail`/m,
      'states.md': /^## action$[^]*\| `reported` +\| Reported done +\| yes/m,
      'tables.md': /^### record$[^]*?public site none\. Rows are kept apart by a forced row policy/m,
      'clocks.md': /^\| `FOI-20` +\|/m,
    }
    for (const [name, words] of Object.entries(said)) assert.match(generated.get(name) ?? '', words, name)
  })

  it('name every table, with what the migration says of it', () => {
    const tables = generated.get('tables.md') ?? ''
    assert.ok([...tables.matchAll(/^### /gm)].length > 40)
    assert.match(tables, /^### link\n\nTyped links run from the later thing to what it came of/m)
    assert.match(tables, /^### snapshot\n\nRights: program rawd; public site r\./m)
  })
})
