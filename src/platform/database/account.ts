import { execFile, type SpawnOptions } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { Fault } from '../fault.ts'

const run = promisify(execFile)

/** The account of the operating system that PostgreSQL runs as: it refuses to run as root. */
export interface Account {
  uid: number
  gid: number
}

/** A program and how to start it so that it runs as an account that may. */
export interface Invocation {
  file: string
  args: readonly string[]
  options: Pick<SpawnOptions, 'uid' | 'gid'>
}

const accountName = 'postgres'

async function lookUp(): Promise<Account | undefined> {
  try {
    const uid = await run('id', ['-u', accountName])
    const gid = await run('id', ['-g', accountName])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/**
 * The account to run PostgreSQL as: the present one, or as root the account `postgres`, which is made if there is none.
 *
 * @returns undefined where the present account does
 * @throws Fault if root has no such account and cannot make it
 */
export async function databaseAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const found = await lookUp()
  if (found) return found
  await run('useradd', ['--system', '--no-create-home', '--user-group', accountName]).catch(() => undefined)
  const made = await lookUp()
  if (made) return made
  throw new Fault(
    'PostgreSQL does not run as root, and the account "postgres" could not be made. ' +
      'Start Peelian as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

/** Whether an account may pass through a directory and everything above it. */
async function canReach(account: Account, directory: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(directory)
  const passable = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001
  if (passable === 0) return false
  const parent = dirname(directory)
  return parent === directory || canReach(account, parent)
}

/** The right of root to pass closed directories, under the name by which it may be handed on here, if it may. */
async function passingRight(): Promise<string | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const bounds = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  // Numbers from capability.h: CAP_DAC_READ_SEARCH is 2, CAP_DAC_OVERRIDE is 1 (all that containers usually leave).
  if ((bounds & 4n) !== 0n) return 'dac_read_search'
  return (bounds & 2n) !== 0n ? 'dac_override' : undefined
}

/**
 * How to start one of PostgreSQL's programs as an account. A checkout below a closed directory (root's home, a
 * temporary folder of mode 700) cannot be reached by another account; there the program keeps, of root's rights, only
 * the one to pass directories.
 *
 * @param account undefined for the present one
 * @param paths the directories it must reach
 * @throws Fault if they cannot be reached
 */
export async function invocation(
  account: Account | undefined,
  file: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<Invocation> {
  if (!account) return { file, args, options: {} }
  const closed = []
  for (const path of paths) if (!(await canReach(account, path))) closed.push(path)
  if (closed.length === 0) return { file, args, options: account }
  const right = await passingRight()
  if (!right) {
    throw new Fault(
      `PostgreSQL does not run as root, and the account "postgres" cannot reach ${closed.join(' and ')}. ` +
        'Move Peelian and DATA_DIR to a folder that others may pass, or start it as an ordinary user.',
    )
  }
  const drop = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups']
  // Without the secure bit, access() would leave the right out of account, and initdb would not find its programs.
  const keep = ['--securebits=+no_setuid_fixup', `--inh-caps=-all,+${right}`, `--ambient-caps=-all,+${right}`]
  return { file: 'setpriv', args: [...drop, ...keep, file, ...args], options: {} }
}
