import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { startJobs } from '../../../../platform/jobs.ts'
import type { RunningJobs } from '../../../../platform/jobs.ts'
import type { RecordHead } from '../../../../record/record.ts'
import { sceneOf } from '../testing-scene.ts'
import { makeStage } from '../testing.ts'
import type { Stage } from '../testing.ts'
import { beginPublicQuestions } from './jobs.ts'

describe('carrying questions in by itself', () => {
  let stage: Stage
  let meeting: RecordHead
  let jobs: RunningJobs | undefined
  before(async () => {
    stage = await makeStage()
    await stage.setRules({})
    meeting = await stage.meeting('2026-03-20')
  })
  after(async () => {
    await jobs?.stop()
    await stage.close()
  })
  const { program, questions, waiting } = sceneOf(
    () => stage,
    () => meeting,
  )

  /** Waits until so many questions are held; the test's own time limit ends a wait that is in vain. */
  const untilHeld = async (n: number) => {
    while ((await questions()).length < n) await new Promise(resolve => setTimeout(resolve, 50))
  }

  it('begins with what a process left that ended in between', async () => {
    await stage.ask({ meeting: meeting.id, text: 'Left behind' })
    assert.equal(await waiting(), 1)
    const now = () => Temporal.Now.instant()
    const log = (line: string) => void stage.logged.push(line)
    await beginPublicQuestions({ program: program(), baseUrl: 'https://policing.example.org', now, log })
    const url = stage.cast.world.database.urls.program
    jobs = await startJobs({ url, onFailure: (_job, fault) => log(String(fault)) })
    await untilHeld(1)
    assert.equal(await waiting(), 0)
  })

  it('goes on as soon as one is sent, and looks again later in any case', async () => {
    await stage.ask({ meeting: meeting.id, text: 'Sent now' })
    await untilHeld(2)
    const { rows } = await sql<{ name: string; data: object }>`
      select name, data from jobs.job where name like 'scrutiny.%' and state = 'created' and start_after > now()
      order by name`.execute(program())
    assert.deepEqual(rows, [
      { name: 'scrutiny.carry-public-questions', data: {} },
      { name: 'scrutiny.look-after-public-questions', data: {} },
    ])
    assert.deepEqual(stage.logged, [])
  })
})
