import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { checkDecisions, checkLinks, checkModuleFiles, checkTables } from './conventions.ts'
import { plantTree, type PlantedTree, project } from './planted-tree.ts'

const sound = {
  'README.md':
    '# Peelian\n\nSee [the plan](docs/plan.md#aim), [the law](https://www.legislation.gov.uk) and [below](#end).\n',
  'docs/plan.md': 'Back to [the start](../README.md).\n\n```\n[not a link](nowhere.md)\n```\n',
  'docs/decisions/0001-one-program.md': '# One program\n',
  'migrations/0001-start.sql':
    'create table workspace.follow_up_action (id int);\ncreate table workspace.record (id int);\n',
  'src/record/records.ts': "export const table = 'record'\n",
  'src/modules/follow-up/README.md': '# Follow-up\n',
  'src/modules/follow-up/index.ts': 'export const followUp = 1\n',
  'src/modules/follow-up/queries.ts': "export const table = 'follow_up_action'\n",
  'src/modules/follow-up/queries.test.ts': "export const table = 'follow_up_action'\n",
  'src/modules/follow-up/close-action.ts': 'export const close = 1\n',
  'src/modules/follow-up/updates/add-update.ts': 'export const add = 1\n',
  'src/modules/follow-up/views/action.njk': '{{ title }}\n',
}

const planted = {
  'docs/how-to.md': 'See [nowhere](../no-such-file.md).\n',
  'docs/decisions/0001-two-programs.md': '# Two programs\n',
  'docs/decisions/second.md': '# Unnumbered\n',
  'src/record/lists.ts': "export const table = 'follow_up_action'\n",
  'src/modules/follow-up/pages.ts': "export const table = 'follow_up_action'\n",
  'src/modules/follow-up/helpers.ts': 'export const help = 1\n',
  'src/modules/follow-up/date-utils.ts': 'export const date = 1\n',
  'src/modules/follow-up/CloseAction.ts': 'export const close = 1\n',
  'src/modules/follow-up/action.njk': '{{ title }}\n',
  'src/modules/follow-up/views/words.ts': 'export const words = 1\n',
  'src/modules/scrutiny/queries.ts': "export const table = 'follow_up_action'\n",
}

const checks = { checkModuleFiles, checkTables, checkLinks, checkDecisions }
const caught: Record<keyof typeof checks, string[]> = {
  checkModuleFiles: [
    'src/modules/follow-up/CloseAction.ts: names are small words with hyphens',
    'src/modules/follow-up/action.njk: templates, and nothing else, lie in views/',
    'src/modules/follow-up/date-utils.ts: the name says nothing of what is inside',
    'src/modules/follow-up/helpers.ts: the name says nothing of what is inside',
    'src/modules/follow-up/views/words.ts: templates, and nothing else, lie in views/',
    'src/modules/scrutiny: no README.md',
    'src/modules/scrutiny: no index.ts',
  ],
  checkTables: [
    'src/modules/follow-up/pages.ts: follow_up_action',
    'src/modules/scrutiny/queries.ts: follow_up_action',
    'src/record/lists.ts: follow_up_action',
  ],
  checkLinks: ['docs/how-to.md: no-such-file.md'],
  checkDecisions: [
    'docs/decisions/0001-two-programs.md: the number of docs/decisions/0001-one-program.md',
    'docs/decisions/second.md: not named like 0007-what-was-decided.md',
  ],
}

describe('the checks of names, tables and links', () => {
  let tree: PlantedTree
  before(async () => {
    tree = await plantTree(sound)
  })
  after(() => tree.remove())

  it('find nothing in a sound tree', async () => {
    for (const [name, check] of Object.entries(checks)) {
      const { read, breaches } = await check(tree.root)
      assert.deepEqual(breaches, [], name)
      assert.ok(read > 0, `${name} read something`)
    }
  })

  it('catch every breach that is planted', async () => {
    await tree.plant(planted)
    assert.deepEqual((await checkModuleFiles(tree.root)).breaches.sort(), caught.checkModuleFiles)
    assert.deepEqual((await checkTables(tree.root)).breaches.sort(), caught.checkTables)
    assert.deepEqual((await checkLinks(tree.root)).breaches.sort(), caught.checkLinks)
    assert.deepEqual((await checkDecisions(tree.root)).breaches.sort(), caught.checkDecisions)
  })
})

describe('this project', () => {
  const least: Record<keyof typeof checks, number> = {
    checkModuleFiles: 40,
    checkTables: 10,
    checkLinks: 5,
    checkDecisions: 1,
  }
  for (const [name, check] of Object.entries(checks) as [keyof typeof checks, typeof checkLinks][]) {
    it(`passes ${name}`, async () => {
      const { read, breaches } = await check(project)
      assert.deepEqual(breaches, [])
      assert.ok(read >= least[name], `${read} read, of which at least ${least[name]} are known`)
    })
  }
})
