// Who may use whom. Each rule is itself tested in tests/architecture: a breach is planted and has to be caught.
const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

const root = process.env.PEELIAN_CRUISE_ROOT ?? __dirname
const planned = ['organisations', 'plan', 'performance', 'follow-up', 'scrutiny', 'meetings']

/** The modules in order of dependency, as src/modules.ts lists them; as planned while there is no such file. */
function moduleOrder() {
  const file = join(root, 'src/modules.ts')
  if (!existsSync(file)) return planned
  const text = readFileSync(file, 'utf8')
  const folders = new Map()
  for (const [, names, folder] of text.matchAll(
    /import\s+(?:\{([^}]*)\}|[^{]*?)\s*from\s*'\.\/modules\/([a-z-]+)\/index\.ts'/g,
  )) {
    for (const name of (names ?? '').split(','))
      folders.set(
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1),
        folder,
      )
  }
  const list = /\bsubjects\b[^=;]*=\s*\[([^\]]*)\]/.exec(text)?.[1] ?? ''
  const order = list
    .split(',')
    .map(name => folders.get(name.trim()))
    .filter(Boolean)
  if (order.length === 0) throw new Error('src/modules.ts holds no list `subjects` of what it imports from ./modules/')
  return order
}

const order = moduleOrder()
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const tests = '\\.test\\.ts$'

const upwards = order.slice(0, -1).map((name, position) => {
  const later = order.slice(position + 1).join('|')
  return rule(
    `order-${name}`,
    `${name} stands above ${later} in src/modules.ts and may not use them`,
    { path: `^src/modules/${name}/`, pathNot: tests },
    { path: `^src/modules/(${later})/` },
  )
})

module.exports = {
  forbidden: [
    // Types that name one another are no cycle of the program.
    rule(
      'no-cycles',
      'Nothing depends on itself',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('resolved', 'Every import leads somewhere', {}, { couldNotResolve: true }),
    rule(
      'platform-knows-no-policing',
      'modules → record → platform',
      { path: '^src/platform/' },
      { path: '^src/', pathNot: '^src/platform/' },
    ),
    rule(
      'record-knows-no-modules',
      'modules → record → platform',
      { path: '^src/record/', pathNot: tests },
      { path: '^src/', pathNot: '^src/(record|platform)/' },
    ),
    rule(
      'modules-stand-alone',
      'What puts the modules together is above them',
      { path: '^src/modules/', pathNot: tests },
      { path: '^src/', pathNot: '^src/(modules|record|platform)/' },
    ),
    rule(
      'doors-only',
      "A module uses another's index.ts alone",
      { path: '^src/modules/([^/]+)/' },
      { path: '^src/modules/[^/]+/', pathNot: '^src/modules/($1/|[^/]+/index\\.ts$)' },
    ),
    ...upwards,
    rule(
      'rules-are-pure',
      'Rules know facts and today, and nothing else',
      { path: '^src/modules/.+/rules(\\.ts$|/.+\\.ts$)', pathNot: tests },
      {
        path: '^src/platform/(database|web|commands|archive|access/(authentication|sessions))|^src/platform/(jobs|mail|configuration|workers)|/queries(\\.ts$|/)|/pages\\.ts$',
      },
    ),
    rule(
      'rules-use-no-packages',
      'Rules know facts and today, and nothing else',
      { path: '^src/modules/.+/rules(\\.ts$|/.+\\.ts$)', pathNot: tests },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'pages-know-no-sql',
      'Pages are given what they print',
      { path: '^src/modules/.+/pages\\.ts$' },
      {
        path: '/queries(\\.ts$|/)|(^|/)node_modules/(kysely|pg)/|^src/platform/database/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'queries-know-no-web',
      'Queries are asked by pages and commands alike',
      { path: '^src/modules/.+/queries(\\.ts$|/.+\\.ts$)', pathNot: tests },
      {
        path: '^src/platform/web/|(^|/)node_modules/(fastify|@fastify|nunjucks)/|/(pages|workspace|public|forms)\\.ts$',
      },
    ),
    rule(
      'jobs-have-one-door',
      'enqueue() of src/platform/jobs.ts',
      { path: '^(src|tests)/', pathNot: '^src/platform/jobs\\.ts$' },
      { path: '(^|/)node_modules/pg-boss/' },
    ),
    rule(
      'no-tests-in-the-program',
      'The program does not use what is made for tests',
      { path: '^src/', pathNot: `${tests}|/testing[a-z-]*\\.ts$` },
      { path: `${tests}|/testing[a-z-]*\\.ts$` },
    ),
  ],
  options: {
    baseDir: root,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
