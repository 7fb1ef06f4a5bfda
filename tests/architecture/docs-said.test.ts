import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { checkCommands, checkPaths, checkScripts, settingsListed, settingsRead } from './docs-said.ts'
import { plantTree, type PlantedTree, project } from './planted-tree.ts'

const usage = new Map([
  ['verify', 'npx peelian verify [--against HASH]'],
  ['user add', 'npx peelian user add EMAIL --name NAME'],
])
const sound = {
  'README.md': 'Run `npm start`, then:\n\n```sh\nnpx peelian verify --against 00 --json | cat\n```\n',
  'docs/how-to/add.md':
    'Type `npx peelian user add me@x --name Me`. The code is in `docs/how-to/add.md`. Make a new `src/a.ts`.\n',
  'docs/generated/commands.md': '`npx peelian nonsense`\n',
}
const planted = {
  'CONTRIBUTING.md': 'Run `npm run nothing` and `npx peelian verify --with 00`.\n',
  'docs/how-to/lose.md': '```sh\nDEMO=1 npx peelian lose everything\n```\nSee `src/no-such-file.ts`.\n',
}

describe('what the documentation names', () => {
  let tree: PlantedTree
  before(async () => {
    tree = await plantTree(sound)
  })
  after(() => tree.remove())

  it('is let pass where it is there, and caught where it is not', async () => {
    assert.deepEqual(await checkCommands(tree.root, usage), { read: 2, breaches: [] })
    assert.deepEqual(await checkScripts(tree.root), { read: 1, breaches: [] })
    assert.deepEqual(await checkPaths(tree.root), { read: 1, breaches: [] })
    await tree.plant(planted)
    assert.deepEqual((await checkCommands(tree.root, usage)).breaches, [
      'CONTRIBUTING.md: verify has no --with',
      'docs/how-to/lose.md: there is no command "lose everything"',
    ])
    assert.deepEqual((await checkScripts(tree.root)).breaches, ['CONTRIBUTING.md: npm has no script "nothing"'])
    assert.deepEqual((await checkPaths(tree.root)).breaches, ['docs/how-to/lose.md: src/no-such-file.ts'])
  })

  it('is a command with such options, by what the program says of itself', async () => {
    const { read, breaches } = await checkCommands(project, await usageOfCommands())
    assert.deepEqual(breaches, [])
    assert.ok(read > 25, `${String(read)} commands are named`)
  })

  it('is a script of npm', async () => {
    const { read, breaches } = await checkScripts(project)
    assert.deepEqual(breaches, [])
    assert.ok(read > 5)
  })

  it('is a file of the project', async () => {
    const { read, breaches } = await checkPaths(project)
    assert.deepEqual(breaches, [])
    assert.ok(read > 30, `${String(read)} files are named`)
  })

  it('is every setting that is read, and no other', async () => {
    const code = await readFile(join(project, 'src/platform/configuration.ts'), 'utf8')
    const page = await readFile(join(project, 'docs/reference/settings.md'), 'utf8')
    const read = settingsRead(code).filter(name => name !== 'PEELIAN_TEST_SERVER')
    assert.deepEqual(settingsListed(page), read)
    assert.ok(read.length > 10)
  })
})

/** The usage of every command, from the generated page, which another test holds to the program. */
async function usageOfCommands(): Promise<Map<string, string>> {
  const page = await readFile(join(project, 'docs/generated/commands.md'), 'utf8')
  const sections = [...page.matchAll(/^([a-z]+(?: [a-z-]+)?): [^\n]+\n\n((?: {2}[^\n]*\n|\n(?= {2}))+)/gm)]
  return new Map(sections.map(([, name = '', usage = '']) => [name, usage]))
}

/**
 * Blocks that begin with `console` show what is printed. They are run, one after another in the order of the page, in
 * a folder of their own; only commands that need no database may stand in them.
 */
describe('what the documentation says is printed', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peelian-docs-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('is what is printed', async () => {
    let shown = 0
    for await (const file of glob(['*.md', 'docs/**/*.md'], { cwd: project })) {
      for (const { command, output } of shownIn(await readFile(join(project, file), 'utf8'))) {
        shown += 1
        assert.equal((await runIn(folder, command)).trim(), output.trim(), `${file}: ${command}`)
      }
    }
    assert.ok(shown > 3, `${String(shown)} commands are shown with what they print`)
  })
})

function shownIn(text: string): { command: string; output: string }[] {
  const blocks = [...text.matchAll(/^```console\n([^]*?)^```/gm)].map(match => match[1] ?? '')
  return blocks
    .flatMap(block => block.split(/^\$ /m).slice(1))
    .map(each => ({ command: each.split('\n')[0] ?? '', output: each.slice(each.indexOf('\n') + 1) }))
}

/** Runs a line in a shell that knows `peelian` as the present code; what it says on either stream. */
async function runIn(folder: string, line: string): Promise<string> {
  const peelian = `"${process.execPath}" "${join(project, 'src/cli.ts')}"`
  const child = spawn('sh', ['-c', line.replaceAll('npx peelian', () => peelian)], { cwd: folder })
  let out = ''
  child.stdout.on('data', chunk => (out += String(chunk)))
  child.stderr.on('data', chunk => (out += String(chunk)))
  await new Promise(resolve => child.on('close', resolve))
  return out
}
