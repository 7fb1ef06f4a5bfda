import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { plantTree, type PlantedTree } from './planted-tree.ts'

const results = z.array(
  z.object({ filePath: z.string(), messages: z.array(z.object({ ruleId: z.string().nullable() })) }),
)

const breaches: readonly [rule: string, file: string, text: string][] = [
  [
    '@typescript-eslint/no-floating-promises',
    'src/record/forget.ts',
    'const save = async (): Promise<void> => {}\nexport function forget(): void {\n  save()\n}\n',
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    'src/record/leave-out.ts',
    "export function leaveOut(state: 'open' | 'closed'): number {\n  switch (state) {\n    case 'open':\n      return 1\n  }\n  return 0\n}\n",
  ],
  ['no-restricted-imports', 'src/record/send.ts', "import { PgBoss } from 'pg-boss'\nexport const boss = PgBoss\n"],
  ['no-restricted-syntax', 'src/record/read-setting.ts', "export const port = process.env['PORT']\n"],
  ['@typescript-eslint/no-explicit-any', 'src/record/anything.ts', 'export const anything: any = 1\n'],
  ['@typescript-eslint/ban-ts-comment', 'src/record/ignore.ts', '// @ts-ignore\nexport const ignored = 1\n'],
]
const allowed = {
  'src/platform/configuration.ts': "export const port = process.env['PORT']\n",
  'src/platform/jobs.ts': "import { PgBoss } from 'pg-boss'\nexport const boss = PgBoss\n",
}

describe('what ESLint refuses', () => {
  let tree: PlantedTree
  before(async () => {
    tree = await plantTree({ ...allowed, ...Object.fromEntries(breaches.map(([, file, text]) => [file, text])) })
  })
  after(() => tree.remove())

  it('catches a breach of each of the house’s rules, and nothing where it is allowed', async () => {
    // The tree lies in a folder that the project's own settings leave out.
    const { out, err } = await tree.run('eslint', ['--format', 'json', 'src'])
    assert.equal(err, '')
    const found = results.parse(JSON.parse(out)).map(({ filePath, messages }) => ({
      file: filePath.slice(filePath.indexOf('src/', tree.root.length)),
      rules: messages.map(({ ruleId }) => ruleId),
    }))
    for (const [rule, file] of breaches) {
      assert.deepEqual(found.find(each => each.file === file)?.rules, [rule], file)
    }
    for (const file of Object.keys(allowed)) assert.deepEqual(found.find(each => each.file === file)?.rules, [], file)
  })
})
