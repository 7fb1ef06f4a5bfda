import { spawn } from 'node:child_process'
import { glob, mkdir, readdir, rm } from 'node:fs/promises'
import { delimiter, join, relative } from 'node:path'
import { run } from 'node:test'
import { isAlive, runningServer } from '../src/platform/database/cluster.ts'
import { joinEmbeddedServer } from '../src/platform/database/server.ts'
import { testDatabase } from '../src/platform/database/testing.ts'

/**
 * Everything `npm test` does once the packages are there. Without words it runs all; `unit PATTERN`, `journeys PATTERN`
 * and `checks` run a part. The last line is always `N passed, N failed`.
 */
const project = join(import.meta.dirname, '..')
const temporary = join(project, 'tmp')

interface Tally {
  passed: number
  failed: number
}

/** The programs that read the code; each counts as one. */
const checks: readonly (readonly [name: string, ...args: string[]])[] = [
  ['prettier', '--check', '--log-level=warn', '.'],
  ['eslint', '--max-warnings=0', '.'],
  ['tsc', '--project', '.'],
  ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
  ['knip', '--no-progress'],
]

function runProgram(name: string, args: readonly string[]): Promise<{ passed: boolean; output: string }> {
  const bin = join(project, 'node_modules/.bin')
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
  return new Promise(resolve => {
    const child = spawn(join(bin, name), args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', chunk => (output += String(chunk)))
    child.stderr.on('data', chunk => (output += String(chunk)))
    child.on('error', fault => resolve({ passed: false, output: fault.message }))
    child.on('close', code => resolve({ passed: code === 0, output }))
  })
}

/** One check after another; what a failing one said is shown whole. */
async function runChecks(tally: Tally): Promise<void> {
  for (const [name, ...args] of checks) {
    const begun = performance.now()
    const { passed, output } = await runProgram(name, args)
    report(tally, name, passed, begun, output)
  }
}

function report(tally: Tally, name: string, passed: boolean, begun: number, output: string): void {
  tally[passed ? 'passed' : 'failed'] += 1
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)\n`)
  if (!passed) process.stdout.write(`${output.trimEnd()}\n\n`)
}

/** The causes of a failure, innermost last; the outermost only says that a test failed. */
function describeFailure(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return (cause.stack ?? cause.message).replaceAll(/^/gm, '    ')
}

/** A file that takes longer, in milliseconds, hangs. */
const longestFile = 300_000
/** A file that takes longer than this is named, so that it can be made quicker. */
const slowFile = 30_000

/** Runs test files, each in a process of its own, two at a time. */
async function runFiles(tally: Tally, name: string, files: readonly string[]): Promise<void> {
  const begun = performance.now()
  const counted: Tally = { passed: 0, failed: 0 }
  let skipped = 0
  const tests = run({ files: [...files], concurrency: 2, timeout: longestFile, cwd: project })
  tests.on('test:fail', ({ name: test, file, line, details }) => {
    if (details.type === 'suite') return
    process.stdout.write(`FAILED  ${test} (${relative(project, file ?? '')}:${line ?? 0})\n`)
    process.stdout.write(`${describeFailure(details.error)}\n`)
  })
  tests.on('test:stderr', ({ message }) => process.stdout.write(message))
  tests.on('test:summary', ({ file, counts, duration_ms: duration }) => {
    if (file !== undefined) {
      if (duration > slowFile)
        process.stdout.write(`slow    ${relative(project, file)} (${Math.round(duration / 1000)} s)\n`)
      return
    }
    counted.passed = counts.passed
    counted.failed = counts.tests - counts.passed - counts.skipped - counts.todo
    skipped = counts.skipped + counts.todo
  })
  await new Promise<void>(resolve => tests.on('close', resolve).resume())
  // A runner that read nothing would otherwise report success.
  if (counted.passed + counted.failed === 0) counted.failed = 1
  tally.passed += counted.passed
  tally.failed += counted.failed
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const said = `${counted.passed} passed, ${counted.failed} failed, ${skipped} skipped`
  process.stdout.write(
    `${counted.failed === 0 ? 'passed' : 'FAILED'}  ${name}: ${files.length} files, ${said} (${seconds} s)\n`,
  )
}

async function findFiles(patterns: readonly string[], containing: string): Promise<string[]> {
  const found: string[] = []
  for await (const file of glob([...patterns], { cwd: project })) if (file.includes(containing)) found.push(file)
  return found.sort().map(file => join(project, file))
}

/** Stops servers and removes files of earlier runs that were killed. */
async function removeAbandoned(): Promise<void> {
  await mkdir(temporary, { recursive: true })
  for (const name of await readdir(temporary)) {
    const pid = /^tests-(\d+)$/.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const left = await runningServer(join(temporary, name))
    if (left) process.kill(left.pid, 'SIGINT')
    await rm(join(temporary, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** Runs work with a database server for the test files, which every one of them finds by the environment. */
async function withServer(tally: Tally, work: () => Promise<void>): Promise<void> {
  await removeAbandoned()
  const directory = join(temporary, `tests-${process.pid}`)
  const begun = performance.now()
  const server = await joinEmbeddedServer(directory, { unsafeButFast: true })
  process.env['PEELIAN_TEST_SERVER'] = directory
  const stop = async () => {
    await server.leave()
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const interrupted = () => void stop().finally(() => process.exit(1))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.once(signal, interrupted)
  try {
    const failure = await prepareTemplate()
    report(tally, 'migrations', failure === '', begun, failure)
    await work()
  } finally {
    process.off('disconnect', interrupted)
    await stop()
  }
}

/** Applies the migrations once; every test's database is a copy of what they make. */
async function prepareTemplate(): Promise<string> {
  try {
    const database = await testDatabase()
    await database.close()
    return ''
  } catch (fault) {
    return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
  }
}

const unit = ['src/**/*.test.ts', 'tests/**/*.test.ts']

async function runTests(tally: Tally, part: string, pattern: string): Promise<void> {
  const journeys = await findFiles(['tests/journeys/**/*.test.ts'], pattern)
  const others = (await findFiles(unit, pattern)).filter(file => !journeys.includes(file))
  await withServer(tally, async () => {
    if (part !== 'journeys') await runFiles(tally, 'tests', others)
    if (part === 'journeys' || (part === 'all' && journeys.length > 0)) await runFiles(tally, 'journeys', journeys)
  })
}

const [part = 'all', pattern = ''] = process.argv.slice(2)
const tally: Tally = { passed: 0, failed: 0 }
if (['all', 'checks', 'unit', 'journeys'].includes(part)) {
  // The checks run on one processor while the tests wait for their database on another.
  await Promise.all([
    part === 'all' || part === 'checks' ? runChecks(tally) : null,
    part === 'checks' ? null : runTests(tally, part, pattern),
  ])
} else {
  process.stderr.write('npm test [-- checks | unit PATTERN | journeys PATTERN]\n')
  tally.failed = 1
}
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`)
process.exitCode = tally.failed === 0 ? 0 : 1
if (process.connected) process.disconnect?.()
