import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** Where the pages find what they are drawn with. Each address carries a hash of the content. */
export interface AssetAddresses {
  stylesheet: string
  script: string
  icon: string
}

/** One file as it is served. */
export interface Asset {
  mediaType: string
  bytes: Buffer
  gzip: Buffer
  /** True when the address changes with the content, so that it may be kept for ever. */
  hashed: boolean
}

export interface Assets {
  addresses: AssetAddresses
  /** By address. */
  files: ReadonlyMap<string, Asset>
}

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../../../node_modules/', import.meta.url))
const mojImages = join(packages, '@ministryofjustice/frontend/moj/assets/images')
const compress = promisify(gzip)

/** A plain scale, ours: no crown, no crest of any force. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#1d70b8"/><path d="M8 24V8h9a6 6 0 0 1 0 12h-5v4z" fill="#fff"/></svg>`

/**
 * Everything the pages load: the style sheet (compiled the first time, then kept), the scripts of both design
 * systems, the icon and the images of the style sheet.
 *
 * @param cacheFolders where the compiled style sheet is kept: the first that can be written to, made when missing
 */
export async function prepareAssets(cacheFolders: readonly string[]): Promise<Assets> {
  const files = new Map<string, Asset>()
  const add = async (name: string, mediaType: string, content: string | Buffer, hashed = true): Promise<string> => {
    const bytes = Buffer.from(content)
    const address = `/assets/${hashed ? withHash(name, bytes) : name}`
    files.set(address, { mediaType, bytes, gzip: await compress(bytes), hashed })
    return address
  }
  const script = (name: string, path: string): Promise<string> =>
    readFile(join(packages, path)).then(bytes => add(name, 'text/javascript; charset=utf-8', withoutMap(bytes)))
  const govuk = await script('govuk-frontend.js', 'govuk-frontend/dist/govuk/govuk-frontend.min.js')
  const moj = await script('moj-frontend.js', '@ministryofjustice/frontend/moj/moj-frontend.min.js')
  const own = (name: string): Promise<string> =>
    readFile(join(here, 'browser', name)).then(bytes => add(name, 'text/javascript; charset=utf-8', bytes))
  const autosave = await own('autosave.js')
  const chartValues = await own('chart-values.js')
  const loadProgress = await own('load-progress.js')
  for (const name of await readdir(mojImages)) {
    if (name.endsWith('.svg'))
      await add(`images/${name}`, 'image/svg+xml', await readFile(join(mojImages, name)), false)
  }
  return {
    addresses: {
      stylesheet: await add('peelian.css', 'text/css; charset=utf-8', await styleSheet(cacheFolders)),
      script: await add(
        'peelian.js',
        'text/javascript; charset=utf-8',
        startScript({ govuk, moj, autosave, chartValues, loadProgress }),
      ),
      icon: await add('icon.svg', 'image/svg+xml', icon),
    },
    files,
  }
}

/** What starts everything on a page, from the addresses of the scripts. */
const startScript = (at: Record<'govuk' | 'moj' | 'autosave' | 'chartValues' | 'loadProgress', string>): string =>
  `import { initAll } from '${at.govuk}'
import { initAll as initAllMoj } from '${at.moj}'
import { startAutosave } from '${at.autosave}'
import { startChartValues } from '${at.chartValues}'
import { startLoadProgress } from '${at.loadProgress}'
initAll()
initAllMoj()
startAutosave()
startChartValues()
startLoadProgress()
`

/** The packages' files name source maps that are not served. */
const withoutMap = (bytes: Buffer): string => bytes.toString('utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')

function withHash(name: string, bytes: Buffer): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return name.replace(/(\.\w+)$/, `-${hash}$1`)
}

/** The style sheet as it was compiled from the same sources before, or compiled now. */
async function styleSheet(cacheFolders: readonly string[]): Promise<string> {
  const name = `peelian-${await sourcesHash()}.css`
  for (const folder of cacheFolders) {
    const kept = await readFile(join(folder, name), 'utf8').catch(() => null)
    if (kept !== null) return kept
  }
  const css = await compileStyles()
  for (const folder of cacheFolders) if (await keep(folder, name, css)) break
  return css
}

/** Keeps a file if the folder can be written to. Written aside and moved, so that nobody reads half of it. */
async function keep(folder: string, name: string, content: string): Promise<boolean> {
  const aside = join(folder, `${name}.${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(aside, content)
    await rename(aside, join(folder, name))
    return true
  } catch {
    return false
  }
}

/** Changes with our own styles and with the versions of everything they are compiled from. */
async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256')
  const ours = (await readdir(join(here, 'styles'))).sort().map(name => join(here, 'styles', name))
  const versions = ['govuk-frontend', '@ministryofjustice/frontend', 'sass'].map(name =>
    join(packages, name, 'package.json'),
  )
  for (const path of [...ours, ...versions]) hash.update(await readFile(path))
  return hash.digest('hex').slice(0, 16)
}

async function compileStyles(): Promise<string> {
  const sass = await import('sass')
  const { css } = await sass.compileAsync(join(here, 'styles/peelian.scss'), {
    style: 'compressed',
    loadPaths: [join(packages, '..'), packages],
    quietDeps: true,
    logger: sass.Logger.silent,
  })
  return css
}
