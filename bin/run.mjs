// Runs one of the program's files on Node 26, as if it were this process: same streams, signals and exit code.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { environment, InstallFault, prepare, project } from './install.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The parent of a process, where the system tells. */
function parentOf(pid) {
  try {
    return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}

/**
 * Under npm, the parent process is npm's shell, and that one's is npm: if either is killed, nobody is left who could
 * stop us, and we would be in the way of the next start.
 */
function watchParents(stop) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parents = () => `${process.ppid} ${parentOf(process.ppid)}`
  const atStart = parents()
  const timer = setInterval(() => {
    if (parents() === atStart) return
    clearInterval(timer)
    stop()
  }, 250)
  timer.unref()
}

/**
 * @param {string} file path below the project
 * @param {string[]} args
 */
export function runOnNode26(file, args) {
  let runtime
  try {
    runtime = prepare()
  } catch (fault) {
    if (!(fault instanceof InstallFault)) throw fault
    process.stderr.write(`${fault.message}\n`)
    process.exitCode = 1
    return
  }
  // The channel closes when this process ends, however it ends; the program takes that as a signal to stop.
  const child = spawn(runtime, [`${project}/${file}`, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(),
  })
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  watchParents(() => child.kill('SIGTERM'))
  child.on('error', fault => {
    process.stderr.write(`Node 26 could not be started (${fault.message}). Run "npm ci", then start again.\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}
