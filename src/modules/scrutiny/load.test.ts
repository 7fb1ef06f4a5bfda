import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { link } from '../../record/links.ts'
import { loadAnswer, loadChallenge, loadQuestion, publishQuestion } from './index.ts'
import { said, storyOf } from './testing-story.ts'
import { makeCast } from './testing.ts'
import type { Cast } from './testing.ts'

describe('what is loaded from papers', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())
  const { answersTo, as, publicState, publish, put, received, words } = storyOf(() => cast)

  const on = Temporal.PlainDate.from('2014-07-18')

  it('stands where the last paper leaves it, starts no clock and tells nobody', async () => {
    const asked = words({ title: 'Road deaths in 2014' })
    const recorded = [
      { on: '18 July 2014', by: 'The commissioner', says: 'Gave a likely factor.', source: 'Minutes, item 3' },
    ]
    const loaded = {
      ...asked,
      state: 'answered',
      putOn: on,
      recorded,
      source: 'Minutes of 18 July 2014, item 3',
    } as const
    const question = await as(cast.panelClerk, (trx, act) =>
      loadQuestion(trx, { ...act, loading: true }, 1, { ...loaded, asker: cast.parties.member }),
    )
    assert.equal(question.dated.toString(), '2014-07-18')
    const clocks = await as(cast.panelClerk, trx =>
      trx.selectFrom('clock').selectAll().where('record_id', '=', question.id).execute(),
    )
    assert.deepEqual(clocks, [])
    assert.equal(await received(cast.lead, question), null)
    await as(cast.panelClerk, (trx, act) =>
      publishQuestion(trx, act, question, { answers: [], attachments: [], judgement: false }),
    )
    assert.match(JSON.stringify((await publicState(question)).body), /Gave a likely factor/)
  })

  it('brings answers and challenges as the papers print them', async () => {
    const question = await put()
    const answer = await as(cast.chief, (trx, act) =>
      loadAnswer(
        trx,
        { ...act, loading: true },
        {
          ...said,
          title: 'Answer of 2014',
          giver: cast.parties.chief,
          givenOn: on,
          source: 'Minutes',
          to: { areaId: 1, id: question.id, kind: 'question', askerOrganisation: cast.world.office.id },
        },
      ),
    )
    const answers = await answersTo(cast.lead, question)
    assert.equal(answers[0]?.id, answer.id)
    const challenge = await as(cast.commissioner, (trx, act) =>
      loadChallenge(trx, { ...act, loading: true }, 1, {
        title: 'Formal challenge of November 2017',
        letter: '',
        subjects: [
          { heading: 'Recorded crime', asks: null },
          { heading: 'Officer sickness', asks: null },
        ],
        asker: cast.parties.commissioner,
        answerer: cast.parties.chief,
        state: 'reply-not-held',
        dated: Temporal.PlainDate.from('2017-11-01'),
        sentOn: null,
        replyNote: 'The annual report says that the chief constable replied.',
        recorded: [],
        source: 'Annual report 2017/18, section 8.7',
      }),
    )
    await publish(challenge)
    const { state, body } = await publicState(challenge)
    assert.equal(state, 'reply-not-held')
    assert.match(JSON.stringify(body), /chief constable replied/)
  })

  it('cannot be tied to what it may not come of', async () => {
    const question = await put()
    await assert.rejects(
      as(cast.lead, (trx, act) => link(trx, act, question, 'answers', question)),
      /may not be tied/,
    )
  })
})
