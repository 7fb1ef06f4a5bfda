import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/**
 * Work that takes more than about 50 ms of processor runs in threads of its own, so that pages are served meanwhile.
 * What goes in and comes out is copied (structured clone): plain values, arrays and buffers; dates as ISO text.
 */
export interface Task {
  /** Address of the module (`import.meta.resolve`). */
  module: string
  /** Name of the function it exports; it takes one value and may be asynchronous. */
  name: string
  input: unknown
}

export interface Finished {
  output?: unknown
  fault?: Error
}

interface Waiting {
  task: Task
  resolve: (output: unknown) => void
  reject: (fault: Error) => void
}

export interface Workers {
  /**
   * Calls an exported function of a module in a thread.
   *
   * @throws what the function throws; and if its thread dies
   */
  run(task: Task): Promise<unknown>
  /** Ends all threads; tasks in hand are rejected. */
  close(): Promise<void>
}

/** An idle thread goes after this many milliseconds, with the memory it holds. */
const longestIdle = 30_000

/**
 * A pool of threads, begun as they are needed.
 *
 * @param size threads at most: one fewer than the processors, but one at least, unless given
 */
export function createWorkers(size = Math.max(1, availableParallelism() - 1)): Workers {
  const waiting: Waiting[] = []
  const threads = new Map<Worker, Waiting | undefined>()
  const idleTimers = new Map<Worker, NodeJS.Timeout>()

  function begin(): Worker {
    const thread = new Worker(new URL('./thread.ts', import.meta.url))
    thread.unref()
    thread.on('message', (finished: Finished) => settle(thread, finished))
    thread.on('error', fault => settle(thread, { fault: fault instanceof Error ? fault : new Error(String(fault)) }))
    thread.on('exit', () => {
      settle(thread, { fault: new Error('The thread ended before its task') })
      clearTimeout(idleTimers.get(thread))
      threads.delete(thread)
      next()
    })
    threads.set(thread, undefined)
    return thread
  }

  function settle(thread: Worker, { output, fault }: Finished): void {
    const done = threads.get(thread)
    if (!done) return
    threads.set(thread, undefined)
    thread.unref()
    idleTimers.set(thread, setTimeout(() => void thread.terminate(), longestIdle).unref())
    if (fault) done.reject(fault)
    else done.resolve(output)
    next()
  }

  function idleThread(): Worker | undefined {
    for (const [thread, task] of threads) if (!task) return thread
    return threads.size < size ? begin() : undefined
  }

  function next(): void {
    if (waiting.length === 0) return
    const thread = idleThread()
    const first = thread ? waiting.shift() : undefined
    if (!thread || !first) return
    clearTimeout(idleTimers.get(thread))
    threads.set(thread, first)
    thread.ref()
    thread.postMessage(first.task)
  }

  return {
    run(task) {
      return new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject })
        next()
      })
    },
    async close() {
      waiting.splice(0).forEach(({ reject }) => reject(new Error('The workers are closed')))
      await Promise.all([...threads.keys()].map(thread => thread.terminate()))
    },
  }
}
