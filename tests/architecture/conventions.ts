import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** What a check read, and what it found: a check that reads nothing would otherwise report success. */
export interface Found {
  read: number
  breaches: string[]
}

async function filesUnder(root: string, pattern: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(pattern, { cwd: root, exclude: name => name === 'node_modules' || name === 'tmp' })) {
    files.push(file)
  }
  return files.sort()
}

/** Names that say nothing of what is inside. */
const emptyNames = /^(utils?|helpers?|common|managers?|misc|shared|stuff)$|(^|-)(utils?|helpers?|managers?)$/

function nameBreach(path: string): string | undefined {
  const [, , module = '', ...inside] = path.split('/')
  const file = inside.at(-1) ?? ''
  const folders = inside.slice(0, -1)
  if (file === 'README.md') return folders.length === 0 ? undefined : 'a module has one README.md'
  const stem = file.replace(/(\.test|\.d)?\.(ts|json|njk)$/, '')
  const words = [module, ...folders, stem]
  if (words.some(word => emptyNames.test(word))) return 'the name says nothing of what is inside'
  if (!words.every(word => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word))) return 'names are small words with hyphens'
  const isView = folders[0] === 'views' || folders.at(-1) === 'views'
  if (isView !== file.endsWith('.njk')) return 'templates, and nothing else, lie in views/'
  if (!/\.(ts|njk|json)$/.test(file)) return 'a module holds code, templates and data'
  return undefined
}

/** Files of modules are named by the pattern, and every module has its README and its door. */
export async function checkModuleFiles(root: string): Promise<Found> {
  const files = await filesUnder(root, 'src/modules/**/*.*')
  const breaches: string[] = []
  for (const file of files) {
    const breach = nameBreach(file)
    if (breach) breaches.push(`${file}: ${breach}`)
  }
  for (const module of new Set(files.map(file => file.split('/')[2] ?? ''))) {
    for (const needed of ['README.md', 'index.ts']) {
      if (!files.includes(`src/modules/${module}/${needed}`)) breaches.push(`src/modules/${module}: no ${needed}`)
    }
  }
  return { read: files.length, breaches }
}

/** Tables by the module whose word they begin with. */
async function tablesOfModules(root: string, modules: readonly string[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const file of await filesUnder(root, 'migrations/*.sql')) {
    const text = await readFile(join(root, file), 'utf8')
    for (const [, table = ''] of text.matchAll(/create table (?:if not exists )?(?:workspace\.)?([a-z_]+)/g)) {
      const owner = modules.find(module => table.startsWith(`${module.replaceAll('-', '_')}_`))
      if (owner !== undefined) owners.set(table, owner)
    }
  }
  return owners
}

/** Where a module may name its tables: its queries, and the description of their columns. */
const queryFile = /(^|\/)([a-z-]+-)?(queries\.ts|queries\/.+\.ts|tables\.ts)$|\.test\.ts$/

/** A module's table is named in its own queries and nowhere else. */
export async function checkTables(root: string): Promise<Found> {
  const files = await filesUnder(root, 'src/**/*.ts')
  const modules = [...new Set(files.map(file => /^src\/modules\/([^/]+)\//.exec(file)?.[1] ?? ''))].filter(Boolean)
  const owners = await tablesOfModules(root, modules)
  const breaches: string[] = []
  for (const file of files) {
    const own = /^src\/modules\/([^/]+)\//.exec(file)?.[1]
    const text = (await readFile(join(root, file), 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    for (const [word] of text.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)) {
      const owner = owners.get(word)
      const mayName = queryFile.test(file) && (owner === own || isSampleTest(file))
      if (owner !== undefined && !mayName) breaches.push(`${file}: ${word}`)
    }
  }
  return { read: owners.size, breaches: [...new Set(breaches)] }
}

/** What was loaded from the papers is held against every table it went into. */
function isSampleTest(file: string): boolean {
  return /^src\/sample\/.*\.test\.ts$/.test(file)
}

/** Every link of a Markdown file to another file leads to one. */
export async function checkLinks(root: string): Promise<Found> {
  const files = [...(await filesUnder(root, '*.md')), ...(await filesUnder(root, '{docs,src,data}/**/*.md'))]
  const breaches: string[] = []
  for (const file of files) {
    const text = (await readFile(join(root, file), 'utf8')).replaceAll(/```[\s\S]*?```/g, '')
    for (const [, target = ''] of text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)) {
      if (/^([a-z]+:|#)/.test(target)) continue
      const path = resolve(join(root, dirname(file)), decodeURIComponent(target.split('#')[0] ?? ''))
      if (!existsSync(path)) breaches.push(`${file}: ${relative(root, path)}`)
    }
  }
  return { read: files.length, breaches }
}

/** Decisions are numbered, each number once. */
export async function checkDecisions(root: string): Promise<Found> {
  const files = await filesUnder(root, 'docs/decisions/*.md')
  const breaches: string[] = []
  const seen = new Map<string, string>()
  for (const file of files) {
    const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(basename(file))?.[1]
    if (number === undefined) {
      if (basename(file) !== 'README.md') breaches.push(`${file}: not named like 0007-what-was-decided.md`)
      continue
    }
    const other = seen.get(number)
    if (other !== undefined) breaches.push(`${file}: the number of ${other}`)
    seen.set(number, file)
  }
  return { read: files.length, breaches }
}
