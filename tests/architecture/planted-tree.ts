import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'

export const project = join(import.meta.dirname, '../..')

/** A small copy of the project's shape, into which a test plants a breach to see it caught. */
export interface PlantedTree {
  root: string
  /** Writes files, by path below the root. */
  plant(files: Readonly<Record<string, string>>): Promise<void>
  /** Runs one of the project's programs in the tree. */
  run(program: string, args: readonly string[]): Promise<{ code: number | null; out: string; err: string }>
  remove(): Promise<void>
}

/** Makes a tree with the project's own settings for its checkers and the given files. */
export async function plantTree(files: Readonly<Record<string, string>>): Promise<PlantedTree> {
  await mkdir(join(project, 'tmp'), { recursive: true })
  const root = await mkdtemp(join(project, 'tmp', 'planted-'))
  for (const name of ['tsconfig.json', 'eslint.config.js', '.dependency-cruiser.cjs', 'package.json']) {
    await cp(join(project, name), join(root, name))
  }
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'))
  const plant = async (planted: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(planted)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
  }
  await plant(files)
  return {
    root,
    plant,
    run: (program, args) => runIn(root, program, args),
    remove: () => rm(root, { recursive: true }),
  }
}

/** Runs a program of node_modules on this Node, in a directory. */
export function runIn(
  directory: string,
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(project, 'node_modules/.bin', program), ...args], { cwd: directory })
  let out = ''
  let err = ''
  child.stdout.on('data', chunk => (out += String(chunk)))
  child.stderr.on('data', chunk => (err += String(chunk)))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code, out, err }))
  })
}
