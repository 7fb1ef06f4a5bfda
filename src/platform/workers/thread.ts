import { parentPort } from 'node:worker_threads'
import type { Finished, Task } from './workers.ts'

/** One thread or process of the pool: loads the module a task names and calls its function, one task at a time. */
type Exported = Readonly<Record<string, unknown>>

async function work({ module, name, input }: Task): Promise<Finished> {
  try {
    const exported = (await import(module)) as Exported
    const call = exported[name]
    if (typeof call !== 'function') throw new Error(`${module} exports no function ${name}`)
    const output: unknown = await Reflect.apply(call, undefined, [input])
    return { output }
  } catch (fault) {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) }
  }
}

parentPort?.on('message', (task: Task) => {
  void work(task).then(finished => parentPort?.postMessage(finished))
})
if (parentPort === null) {
  process.on('message', (task: Task) => {
    void work(task).then(finished => process.send?.(finished))
  })
}
