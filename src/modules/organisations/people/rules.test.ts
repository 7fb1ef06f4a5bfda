import assert from 'node:assert/strict'
import test from 'node:test'
import { wholeTerm } from '../terms.ts'
import type { GivenTerm } from '../terms.ts'
import { whoFollows } from './rules.ts'
import type { Post } from './rules.ts'

const today = Temporal.PlainDate.from('2026-03-11')
const post = (personId: string | null, term: GivenTerm, role = 'policy-lead', title = 'Policy lead'): Post => ({
  ...{ personId, role, title },
  term: wholeTerm(term),
})
const ada = { personId: 'ada', role: 'policy-lead' }
const gone = post('ada', { started: '2024-01-01', ended: '2026-03-10' })
const ben = post('ben', { started: '2026-03-11' })

const table: readonly [
  what: string,
  owner: typeof ada | { personId: string; role: null },
  posts: Post[],
  to: string,
][] = [
  ['a successor in the same post', ada, [ben, gone], 'policy-lead ben'],
  ['nobody in post', ada, [gone], 'policy-lead nobody'],
  ['two in the same post', ada, [ben, post('cal', { started: '2026-01-01' }), gone], 'policy-lead nobody'],
  [
    'two in the role, one with the same title',
    ada,
    [post('cal', { started: '2026-01-01' }, 'policy-lead', 'Another desk'), ben, gone],
    'policy-lead ben',
  ],
  ['no role said', { personId: 'ada', role: null }, [ben, gone], 'policy-lead ben'],
  [
    'somebody of another role',
    ada,
    [post('dee', { started: '2026-01-01' }, 'administrator'), gone],
    'policy-lead nobody',
  ],
  ['a successor who is still to come', ada, [post('ben', { started: '2026-04-01' }), gone], 'policy-lead nobody'],
  ['the last day itself', ada, [ben, post('ada', { started: '2024-01-01', ended: '2026-03-11' })], 'stays'],
  ['an end that lies ahead', ada, [post('ada', { started: '2024-01-01', ended: '2026-05-01' })], 'stays'],
  ['an end that nobody knows', ada, [ben, post('ada', { shown: ['2024-01-01'], endUnknown: true })], 'stays'],
  ['an end known to the month alone', ada, [ben, post('ada', { started: '2024-01-01', ended: '2026-03' })], 'stays'],
  ['the same post again', ada, [post('ada', { started: '2026-04-01' }), gone], 'stays'],
  ['no post at all', ada, [ben], 'stays'],
  [
    'another post goes on, and no role said',
    { personId: 'ada', role: null },
    [post('ada', { started: '2026-01-01' }, 'administrator'), gone],
    'stays',
  ],
  [
    'another post goes on, but it was owned in this one',
    ada,
    [post('ada', { started: '2026-01-01' }, 'administrator'), ben, gone],
    'policy-lead ben',
  ],
]
for (const [what, owner, posts, expected] of table) {
  test(`with ${what}: ${expected}`, () => {
    const follower = whoFollows(owner, posts, today)
    assert.equal(follower === null ? 'stays' : `${follower.role ?? ''} ${follower.personId ?? 'nobody'}`, expected)
  })
}

test('the reason tells the post and its end, and names nobody', () => {
  assert.equal(
    whoFollows(ada, [gone], today)?.why,
    'The appointment as Policy lead has ended: 1 January 2024 to 10 March 2026.',
  )
})
