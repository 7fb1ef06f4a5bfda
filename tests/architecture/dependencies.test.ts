import assert from 'node:assert/strict'
import { glob } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { plantTree, type PlantedTree, project, runIn } from './planted-tree.ts'

const cruised = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

/** A tree in which everybody keeps to the rules. */
const sound = {
  'src/modules.ts': `import { organisations } from './modules/organisations/index.ts'
    import { scrutiny } from './modules/scrutiny/index.ts'
    const subjects: readonly string[] = [organisations, scrutiny]
    export const modules = subjects`,
  'src/platform/time.ts': `export const today = 'today'`,
  'src/platform/jobs.ts': `import { PgBoss } from 'pg-boss'\nexport const boss = PgBoss`,
  'src/platform/database/connect.ts': `import { Kysely } from 'kysely'\nexport const connect = Kysely`,
  'src/platform/database/testing.ts': `export const testDatabase = 1`,
  'src/platform/web/route.ts': `export const page = 'page'\nexport interface Route { path: string }`,
  'src/record/record.ts': `import { today } from '../platform/time.ts'\nexport const record = today`,
  'src/modules/organisations/index.ts': `import { record } from '../../record/record.ts'\nexport const organisations = record`,
  'src/modules/organisations/people.ts': `export const people = 'people'`,
  'src/modules/scrutiny/index.ts': `import { organisations } from '../organisations/index.ts'
    import { load } from './queries.ts'
    export const scrutiny = organisations + String(load)`,
  'src/modules/scrutiny/rules.ts': `import type { Question } from './question.ts'\nexport const mayPut = (q: Question) => q.open`,
  'src/modules/scrutiny/question.ts': `export interface Question { open: boolean }`,
  'src/modules/scrutiny/queries.ts': `import { sql } from 'kysely'\nexport const load = sql`,
  'src/modules/scrutiny/pages.ts': `import type { Question } from './question.ts'\nexport const show = (q: Question) => q`,
}

/** One breach for each rule, each in a file of its own. */
const breaches: readonly [rule: string, file: string, text: string][] = [
  ['no-cycles', 'src/platform/a.ts', `import { b } from './b.ts'\nexport const a: unknown = b`],
  ['resolved', 'src/platform/lost.ts', `import { nothing } from './no-such-file.ts'\nexport const lost = nothing`],
  [
    'platform-knows-no-policing',
    'src/platform/up.ts',
    `import { record } from '../record/record.ts'\nexport const up = record`,
  ],
  [
    'platform-knows-no-policing',
    'src/platform/types-up.ts',
    `import type { Question } from '../modules/scrutiny/question.ts'\nexport type Up = Question`,
  ],
  [
    'record-knows-no-modules',
    'src/record/up.ts',
    `import { scrutiny } from '../modules/scrutiny/index.ts'\nexport const up = scrutiny`,
  ],
  [
    'modules-stand-alone',
    'src/modules/scrutiny/above.ts',
    `import { start } from '../../app.ts'\nexport const above = start`,
  ],
  [
    'doors-only',
    'src/modules/scrutiny/back-door.ts',
    `import { people } from '../organisations/people.ts'\nexport const found = people`,
  ],
  [
    'order-organisations',
    'src/modules/organisations/down.ts',
    `import { scrutiny } from '../scrutiny/index.ts'\nexport const down = scrutiny`,
  ],
  [
    'rules-are-pure',
    'src/modules/organisations/rules.ts',
    `import { connect } from '../../platform/database/connect.ts'\nexport const rule = connect`,
  ],
  [
    'rules-are-pure',
    'src/modules/scrutiny/answers/rules.ts',
    `import { load } from '../queries.ts'\nexport const rule = load`,
  ],
  [
    'rules-use-no-packages',
    'src/modules/scrutiny/questions/rules.ts',
    `import type { Kysely } from 'kysely'\nexport type Handle = Kysely<object>`,
  ],
  [
    'rules-use-no-packages',
    'src/modules/scrutiny/meetings/rules.ts',
    `import { randomUUID } from 'node:crypto'\nexport const id = randomUUID`,
  ],
  [
    'pages-know-no-sql',
    'src/modules/scrutiny/answers/pages.ts',
    `import { load } from '../queries.ts'\nexport const show = load`,
  ],
  [
    'queries-know-no-web',
    'src/modules/scrutiny/answers/queries.ts',
    `import { page } from '../../../platform/web/route.ts'\nexport const found = page`,
  ],
  ['jobs-have-one-door', 'src/record/jobs.ts', `import { PgBoss } from 'pg-boss'\nexport const boss = PgBoss`],
  [
    'no-tests-in-the-program',
    'src/record/lists.ts',
    `import { testDatabase } from '../platform/database/testing.ts'\nexport const lists = testDatabase`,
  ],
]
const helpers = {
  'src/platform/b.ts': `import { a } from './a.ts'\nexport const b: unknown = a`,
  'src/app.ts': `export const start = 'start'`,
}

async function cruise(directory: string) {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src']
  const { out, err } = await runIn(directory, 'depcruise', args)
  assert.equal(err, '')
  return cruised.parse(JSON.parse(out))
}

describe('who may use whom', () => {
  let tree: PlantedTree
  before(async () => {
    tree = await plantTree(sound)
  })
  after(() => tree.remove())

  it('finds nothing where everybody keeps to it', async () => {
    const { modules, summary } = await cruise(tree.root)
    assert.deepEqual(summary.violations, [])
    const read = modules.map(({ source }) => source)
    for (const file of Object.keys(sound)) assert.ok(read.includes(file), `${file} was read`)
  })

  it('catches a breach of every rule', async () => {
    await tree.plant({ ...helpers, ...Object.fromEntries(breaches.map(([, file, text]) => [file, text])) })
    const { summary } = await cruise(tree.root)
    const caught = summary.violations.map(({ rule, from }) => `${rule.name} ${from}`)
    for (const [rule, file] of breaches) assert.ok(caught.includes(`${rule} ${file}`), `${rule} in ${file}`)
  })

  it('reads every file of the project, and sees what each one uses', async () => {
    const { modules } = await cruise(project)
    const sources = new Map(modules.map(({ source, dependencies }) => [source, dependencies]))
    let files = 0
    for await (const file of glob('src/**/*.ts', { cwd: project })) {
      files += 1
      assert.ok(sources.has(file), `${file} was read`)
    }
    assert.ok(files > 50, `${files} files`)
    const used = [...sources]
      .filter(([source]) => source.startsWith('src/'))
      .flatMap(([, dependencies]) => dependencies)
    assert.ok(
      used.filter(({ resolved }) => resolved.endsWith('.ts')).length > files,
      'imports of .ts files were followed',
    )
  })
})
