import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { modules } from '../../src/modules.ts'
import { roles, roleWords } from '../../src/platform/access/viewer.ts'
import { readMigrations } from '../../src/platform/database/migrate.ts'
import { testDatabase } from '../../src/platform/database/testing.ts'
import { findRule, loadRules } from '../../src/record/clocks/index.ts'
import { allKinds } from '../../src/record/kinds.ts'
import { catalogueOf } from './docs-catalogue.ts'
import { cell, code, markdownTable } from './docs-markdown.ts'
import { project } from './planted-tree.ts'

/** Where the pages that write themselves lie, below the project. */
export const generatedFolder = 'docs/generated'

const note = (from: string) => `_Written by \`node bin/docs.mjs\` from ${from}. Do not edit it by hand._`

const pages: Readonly<Record<string, () => Promise<string> | string>> = {
  'commands.md': commandsPage,
  'permissions.md': permissionsPage,
  'routes.md': routesPage,
  'states.md': statesPage,
  'tables.md': tablesPage,
  'clocks.md': clocksPage,
}

/**
 * Every generated page, as it ought to stand in docs/generated.
 *
 * @returns the text by file name
 */
export async function generateDocs(): Promise<Map<string, string>> {
  const generated = new Map<string, string>()
  for (const [name, write] of Object.entries(pages)) {
    const path = join(project, generatedFolder, name)
    generated.set(name, await format(await write(), { ...(await resolveConfig(path)), parser: 'markdown' }))
  }
  return generated
}

/** What the program prints on stdout for some words. */
async function peelian(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(project, 'src/cli.ts'), ...words], { cwd: project })
  let out = ''
  child.stdout.on('data', chunk => (out += String(chunk)))
  const code = await new Promise(resolve => child.on('close', resolve))
  if (code !== 0) throw new Error(`peelian ${words.join(' ')} ended with ${String(code)}`)
  return out
}

async function commandsPage(): Promise<string> {
  const overview = await peelian('help')
  const names = [...overview.matchAll(/^ {2}([a-z-]+(?: [a-z-]+)?) {2,}\S/gm)].map(match => match[1] ?? '')
  const families = [...new Set(names.map(name => name.split(' ')[0] ?? ''))]
  const sections = []
  for (const family of families) {
    sections.push(`## ${family}\n\n\`\`\`text\n${(await peelian('help', family)).trim()}\n\`\`\``)
  }
  return [
    '# Commands, as they explain themselves',
    note('what `npx peelian help` prints'),
    'What they are for, and how they behave in common, is in [the reference](../reference/commands.md).',
    `\`\`\`text\n${overview.trim()}\n\`\`\``,
    ...sections,
  ].join('\n\n')
}

function permissionsPage(): string {
  const declared = modules.flatMap(module =>
    Object.entries(module.permissions).map(([permission, allowed]) => ({ module: module.name, permission, allowed })),
  )
  const byModule = [...Map.groupBy(declared, each => each.module)].map(([module, each]) =>
    [
      `## ${module}`,
      markdownTable(
        ['Permission', 'Roles'],
        each.map(({ permission, allowed }) => [
          code(permission),
          allowed.length === roles.length ? 'everyone who may sign in' : allowed.map(roleWords).join(', '),
        ]),
      ),
    ].join('\n\n'),
  )
  const byRole = markdownTable(
    ['Role', 'May'],
    roles.map(role => [
      roleWords(role),
      declared
        .filter(({ allowed }) => allowed.includes(role))
        .map(({ permission }) => code(permission))
        .join(', '),
    ]),
  )
  return [
    '# Permissions',
    note('what the modules declare'),
    'A permission says which roles may try something. The rules of each module then say when, and for which organisation.',
    ...byModule,
    '## By role',
    byRole,
  ].join('\n\n')
}

function routesPage(): string {
  const workspace = modules.flatMap(({ name, workspace }) =>
    workspace.map(({ method, path, permission }) => [
      method,
      code(`/workspace${path === '/' ? '' : path}`),
      code(permission),
      name,
    ]),
  )
  const publicSite = modules.flatMap(module => [
    ...module.public.map(({ path }) => ['GET', code(`/<area>${path}`), module.name]),
    ...(module.publicForms ?? []).map(({ method, path }) => [method, code(`/<area>${path}`), module.name]),
  ])
  return [
    '# Addresses',
    note('the routes the modules declare'),
    'The addresses for signing in and those outside the areas are in [the reference](../reference/addresses.md).',
    '## Public site',
    markdownTable(['Method', 'Address', 'Module'], publicSite),
    '## Workspace',
    markdownTable(['Method', 'Address', 'Permission', 'Module'], workspace),
  ].join('\n\n')
}

function statesPage(): string {
  const sections = allKinds().map(kind => {
    const relations = Object.entries(kind.relations).map(
      ([relation, towards]) => `${code(relation)} → ${towards.map(code).join(', ')}`,
    )
    const expected = (kind.expects ?? []).map(
      ({ states, relation, awaited }) =>
        `no ${awaited} yet (by ${code(relation)}), while it stands in ${states.map(code).join(', ')}`,
    )
    return [
      `## ${kind.word}`,
      [
        `- Kind: ${code(kind.kind)}, its references begin with ${code(kind.prefix)}`,
        `- In the workspace: ${code(kind.workspacePath(':id'))}`,
        `- Public register: ${code(`/<area>/${kind.publicPath}`)}`,
        `- Published with: ${kind.publishing === undefined ? 'nothing of its own' : code(kind.publishing.permission)}`,
        `- Points to: ${relations.length === 0 ? 'nothing' : relations.join('; ')}`,
        `- Named as missing: ${expected.length === 0 ? 'nothing' : expected.join('; ')}`,
      ].join('\n'),
      markdownTable(
        ['State', 'Word', 'Something is owed', 'Shown to the public'],
        Object.entries(kind.states).map(([state, { word, open }]) => [
          code(state),
          word,
          open ? 'yes' : 'no',
          kind.publicStates.includes(state) ? 'yes' : 'no',
        ]),
      ),
    ].join('\n\n')
  })
  return ['# Kinds of record and their states', note("the modules' descriptions"), ...sections].join('\n\n')
}

async function tablesPage(): Promise<string> {
  const database = await testDatabase()
  try {
    const migrations = await readMigrations()
    const tables = await catalogueOf(database.owner, migrations.map(({ sql }) => sql).join('\n'))
    const sections = [...Map.groupBy(tables, table => table.schema)].map(([schema, those]) =>
      [
        `## Schema ${code(schema)}`,
        ...those.map(table =>
          [
            `### ${table.name}`,
            ...(table.comment === '' ? [] : [cell(table.comment)]),
            `Rights: program ${table.program}; public site ${table.publicSite}. ` +
              (table.rowPolicy ? 'Rows are kept apart by a forced row policy.' : 'No row policy of its own.'),
            markdownTable(
              ['Column', 'Type', 'Key'],
              table.columns.map(({ name, type, optional, key }) => [
                code(name),
                optional ? `${type}, optional` : type,
                key,
              ]),
            ),
          ].join('\n\n'),
        ),
      ].join('\n\n'),
    )
    return [
      '# Tables',
      note('the migrations, as a database has them after they ran'),
      'The schema `jobs` belongs to the package pg-boss and is not listed. Rights are r (read), a (add), w (change), d (delete).',
      ...sections,
    ].join('\n\n')
  } finally {
    await database.close()
  }
}

function clocksPage(): string {
  const rules = loadRules()
  const rows = [...rules.keys()].map(id => {
    const rule = findRule(rules, id)
    return [code(id), rule.title, rule.sentence, rule.lawful ? 'law' : 'convention', rule.status, rule.source]
  })
  return [
    '# Clock rules',
    note('`data/clock-rules`'),
    'What the columns mean is in [the reference](../reference/clocks.md).',
    markdownTable(['Rule', 'What', 'The rule', 'Length set by', 'How well it is known', 'Source'], rows),
  ].join('\n\n')
}

/** Writes what has changed, and says which. */
async function write(): Promise<void> {
  const folder = join(project, generatedFolder)
  await mkdir(folder, { recursive: true })
  for (const [name, text] of await generateDocs()) {
    const before = await readFile(join(folder, name), 'utf8').catch(() => '')
    if (before === text) continue
    await writeFile(join(folder, name), text)
    process.stdout.write(`Wrote ${generatedFolder}/${name}\n`)
  }
}

if (import.meta.main) {
  await write()
  // The channel to the launcher would keep the process alive.
  process.disconnect?.()
}
