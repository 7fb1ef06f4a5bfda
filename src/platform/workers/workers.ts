import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { environmentOfChild } from '../configuration.ts'

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
   * Calls an exported function of a module in a thread or process of its own.
   *
   * @throws what the function throws; and if its thread or process dies
   */
  run(task: Task): Promise<unknown>
  /** Ends all of them; tasks in hand are rejected. */
  close(): Promise<void>
}

/** A thread or a process, as the pool sees it. */
interface Hand {
  give(task: Task): void
  end(): Promise<unknown>
  /** Whether the program waits for it before it ends. */
  hold(held: boolean): void
}

/** What a hand tells its pool. */
interface Told {
  finished(finished: Finished): void
  ended(): void
}

/** An idle thread or process goes after this many milliseconds, with the memory it holds. */
const longestIdle = 30_000

/** One fewer than the processors, but one at least. */
const spareProcessors = () => Math.max(1, availableParallelism() - 1)

/**
 * A pool of threads, begun as they are needed.
 *
 * @param size threads at most
 */
export function createWorkers(size = spareProcessors()): Workers {
  return createPool(beginThread, size)
}

/**
 * A pool of processes, begun as they are needed: for native code that reads files of strangers, and may end the
 * process it runs in.
 *
 * @param size processes at most
 * @param longest milliseconds after which a process is ended with its task
 */
export function createProcesses(size = spareProcessors(), longest = Infinity): Workers {
  return createPool(beginProcess, size, longest)
}

const file = new URL('./thread.ts', import.meta.url)
const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)))

function beginThread(told: Told): Hand {
  const thread = new Worker(file)
  thread.on('message', (finished: Finished) => told.finished(finished))
  thread.on('error', fault => told.finished({ fault: asError(fault) }))
  thread.on('exit', () => told.ended())
  return {
    give: task => thread.postMessage(task),
    end: () => thread.terminate(),
    hold: held => (held ? thread.ref() : thread.unref()),
  }
}

function beginProcess(told: Told): Hand {
  const child = fork(file, { serialization: 'advanced', stdio: 'ignore', env: environmentOfChild({}) })
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()))
  child.on('message', finished => told.finished(finished as Finished))
  child.on('error', fault => told.finished({ fault }))
  void ended.then(() => told.ended())
  return {
    give: task => child.send(task, fault => (fault ? told.finished({ fault }) : undefined)),
    end: () => {
      child.ref()
      child.kill('SIGKILL')
      return ended
    },
    hold(held) {
      if (held) child.ref()
      else child.unref()
      if (held) child.channel?.ref()
      else child.channel?.unref()
    },
  }
}

function createPool(beginHand: (told: Told) => Hand, size: number, longest = Infinity): Workers {
  const waiting: Waiting[] = []
  const hands = new Map<Hand, Waiting | undefined>()
  const timers = new Map<Hand, NodeJS.Timeout>()

  /** Ends a hand after some time, unless it is given something else to do before. */
  function endAfter(hand: Hand, milliseconds: number): void {
    clearTimeout(timers.get(hand))
    if (milliseconds === Infinity) return
    timers.set(hand, setTimeout(() => void hand.end(), milliseconds).unref())
  }

  function begin(): Hand {
    const hand = beginHand({
      finished: finished => settle(hand, finished),
      ended() {
        settle(hand, { fault: new Error('The thread ended before its task') })
        clearTimeout(timers.get(hand))
        hands.delete(hand)
        next()
      },
    })
    hand.hold(false)
    hands.set(hand, undefined)
    return hand
  }

  function settle(hand: Hand, { output, fault }: Finished): void {
    const done = hands.get(hand)
    if (!done) return
    hands.set(hand, undefined)
    hand.hold(false)
    endAfter(hand, longestIdle)
    if (fault) done.reject(fault)
    else done.resolve(output)
    next()
  }

  function idleHand(): Hand | undefined {
    for (const [hand, task] of hands) if (!task) return hand
    return hands.size < size ? begin() : undefined
  }

  function next(): void {
    if (waiting.length === 0) return
    const hand = idleHand()
    const first = hand ? waiting.shift() : undefined
    if (!hand || !first) return
    endAfter(hand, longest)
    hands.set(hand, first)
    hand.hold(true)
    hand.give(first.task)
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
      await Promise.all([...hands.keys()].map(hand => hand.end()))
    },
  }
}
