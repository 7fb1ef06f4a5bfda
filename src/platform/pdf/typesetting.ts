import { createProcesses } from '../workers/workers.ts'
import type { Workers } from '../workers/workers.ts'
import type { BoundFiles, PdfDocument, Typeset } from './document.ts'

/** Files that cannot be bound into a document: encrypted, damaged, or not what they say. */
export class UnbindableFiles extends Error {
  readonly names: readonly string[]
  constructor(names: readonly string[]) {
    super(`These files cannot be bound in: ${names.join(', ')}`)
    this.names = names
  }
}

/** Turns documents into PDFs, in processes of its own so that pages are served meanwhile. */
export interface Typesetter {
  /**
   * @throws UnbindableFiles naming those that cannot be bound in; without them the rest can be typeset
   */
  typeset(document: PdfDocument, files: BoundFiles): Promise<Typeset>
  close(): Promise<void>
}

/** Milliseconds that a document may take at most: a file can be made to keep the compiler busy for ever. */
const longest = 120_000

const module = import.meta.resolve('./typst.ts')

/** A typesetter with processes that are begun when they are needed, and end when they are not. */
export function createTypesetter(size?: number): Typesetter {
  const processes = createProcesses(size, longest)
  return {
    async typeset(document, files) {
      try {
        return await typeset(processes, document, files)
      } catch (fault) {
        const unbindable = await findUnbindable(processes, document, files)
        throw unbindable.length === 0 ? fault : new UnbindableFiles(unbindable)
      }
    },
    close: () => processes.close(),
  }
}

let shared: Typesetter | undefined

/** The typesetter of this program. Its processes end with the program, or when they are not needed for a while. */
export function sharedTypesetter(): Typesetter {
  return (shared ??= createTypesetter())
}

async function typeset(processes: Workers, document: PdfDocument, files: BoundFiles): Promise<Typeset> {
  const input = { document, files: [...files].map(([name, bytes]) => ({ name, bytes })) }
  const made = (await processes.run({ module, name: 'typeset', input })) as Typeset
  return { ...made, bytes: Buffer.from(made.bytes) }
}

/** Tries each file by itself: of several, one can be at fault without saying so. */
async function findUnbindable(processes: Workers, document: PdfDocument, files: BoundFiles): Promise<string[]> {
  const found: string[] = []
  for (const [name, bytes] of files) {
    const pages = document.parts.flatMap(part =>
      part.blocks.flatMap(block => (block.type === 'bound' && block.file === name ? [block.page] : [])),
    )
    try {
      await processes.run({ module, name: 'tryFile', input: { file: { name, bytes }, pages } })
    } catch {
      found.push(name)
    }
  }
  return found
}
