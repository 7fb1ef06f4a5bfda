import autocannon from 'autocannon'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compared, information } from '../platform/benchmark.ts'
import type { Bench, BenchResult } from '../platform/benchmark.ts'
import { runPeelian, runScript } from './running.ts'

const seconds = 5
const connections = 20

/** A published measure's page from a warm process against bare Fastify with the same bytes. */
export const pageBench: Bench = { name: 'page', run: progress => inFolder(folder => measurePage(folder, progress)) }

/** How long the first start takes with the sample areas, and later ones; and what the idle process holds. */
export const startBench: Bench = { name: 'start', run: progress => inFolder(folder => measureStart(folder, progress)) }

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'peelian-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measurePage(folder: string, progress: (message: string) => void): Promise<BenchResult[]> {
  progress('Starting with the sample areas')
  const ours = await runPeelian(join(folder, 'data'))
  try {
    const address = ours.baseUrl + (await firstMeasure(ours.baseUrl))
    const file = join(folder, 'page.html')
    const answer = await fetch(address, { headers: { 'accept-encoding': 'identity' } })
    await writeFile(file, Buffer.from(await answer.arrayBuffer()))
    progress(`Reading ${address}`)
    const rate = await requestsPerSecond(address)
    const bare = await runScript(join(import.meta.dirname, 'bare-fastify.ts'), file)
    try {
      const reference = await requestsPerSecond(bare.baseUrl)
      return [compared('a published measure page (requests a second)', rate, reference, '>=0.5')]
    } finally {
      await bare.stop()
    }
  } finally {
    await ours.stop()
  }
}

async function firstMeasure(baseUrl: string): Promise<string> {
  const answer = await fetch(`${baseUrl}/ardenshire/performance`)
  const found = /href="(\/ardenshire\/performance\/[^"?.]+)"/.exec(await answer.text())
  if (found?.[1] === undefined) throw new Error('No measure is published in the sample area')
  return found[1]
}

async function requestsPerSecond(url: string): Promise<number> {
  const headers = { 'accept-encoding': 'identity' }
  await autocannon({ url, connections, duration: 1, headers })
  const result = await autocannon({ url, connections, duration: seconds, headers })
  if (result.non2xx > 0) throw new Error(`${String(result.non2xx)} answers of ${url} were no pages`)
  return result.requests.average
}

async function measureStart(folder: string, progress: (message: string) => void): Promise<BenchResult[]> {
  const data = join(folder, 'data')
  progress('First start, with the sample areas')
  const first = await runPeelian(data)
  await first.stop()
  progress('Second start')
  const second = await runPeelian(data)
  await second.stop()
  return [
    information('first start with the sample areas (seconds)', first.startedIn / 1000),
    information('later start (seconds)', second.startedIn / 1000),
  ]
}
