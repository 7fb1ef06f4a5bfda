import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findRecord } from '../../../record/records.ts'
import { addItem, addMeeting, loadMinutes } from '../index.ts'
import { day, makeCast, noteAttendance, visitPublic } from '../testing.ts'
import type { Cast } from '../testing.ts'

describe('minutes loaded from a paper', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  it('keep their defects as findings and are published as found', async () => {
    const { world, clerk, board, commissioner, chief } = cast
    const meeting = await world.as(clerk, (trx, act) =>
      addMeeting(trx, act, {
        areaId: 1,
        bodyId: board.id,
        date: day('2022-12-06'),
        printedMarking: 'OPEN',
        chair: { personId: commissioner.personId },
      }),
    )
    await noteAttendance(cast, meeting)
    const { minutes, actions } = await world.as(clerk, async (trx, act) => {
      const item = await addItem(trx, act, meeting, { title: 'Performance', number: '2' })
      const marked = { code: 'legacy-marking', marking: 'RESTRICTED' } as const
      await addItem(trx, act, meeting, { title: 'Something marked', number: '3', ground: marked })
      const who = (viewer: typeof commissioner, name: string, role: 'commissioner' | 'chief-constable') => ({
        organisationId: viewer.organisation.id,
        personId: viewer.personId,
        name,
        role,
        on: day('2023-01-03'),
        inferred: role === 'chief-constable',
      })
      return loadMinutes(
        trx,
        { ...act, loading: true },
        {
          meeting,
          state: 'published',
          minutes: [{ itemId: item, text: 'The written replies were read.' }],
          outcomes: [
            {
              itemId: item,
              form: 'action',
              text: 'The action column holds two initials.',
              lead: { words: 'ZQ' },
              finding: 'It gives no text and no date.',
            },
            {
              itemId: item,
              form: 'undertaking',
              text: 'More cars will be on duty.',
              lead: { words: null },
              raises: false,
            },
          ],
          nextMeeting: { printed: '3rd January 2022', date: day('2022-01-03') },
          agreed: { on: day('2023-01-03'), at: null },
          signatures: [who(commissioner, 'Ada Okoro', 'commissioner'), who(chief, 'Bronagh Lyle', 'chief-constable')],
          findings: ['A name is spelt in two ways.'],
          source: 'Minutes of the board',
        },
      )
    })
    assert.equal(minutes.state, 'published')
    assert.equal(actions.length, 1)
    const action = await world.as(clerk, trx => findRecord(trx, actions[0]?.action ?? minutes))
    assert.equal(action?.publication, 'published')
    assert.equal(action?.dated.toString(), '2022-12-06')
    const { html } = await visitPublic(cast, '/meetings/2022-12-06-governance-and-performance-board')
    assert.match(html, /not identified \(shown as ZQ\)/)
    assert.match(html, /Nobody present has the initials ZQ/)
    assert.match(html, /gives no text and no date/)
    assert.match(html, /given as 3rd January 2022/)
    assert.match(html, /spelt in two ways/)
    assert.match(html, /office is not printed beside the signature/)
    assert.match(html, /This item is not public\. Ground: Marked RESTRICTED in the paper/)
    assert.doesNotMatch(html, /Something marked/)
  })
})
