import { controlChart } from '../../charts.ts'
import type { FieldFault } from '../form.ts'
import type {
  ChartModel,
  CheckAnswersModel,
  DueModel,
  EvidenceModel,
  FormModel,
  PublishModel,
  RecordModel,
  RegisterModel,
  StaleModel,
  TrailModel,
} from '../patterns.ts'

/** A name that tries everything: quotes, a tag, an emoji, letters that run from right to left. */
export const awkwardName = `O'Neill "Jo" <script>alert(1)</script> & سارة 👮`

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const due: DueModel = {
  date: day('2026-03-13'),
  running: true,
  working: {
    rule: 'An answer is due within 10 working days after the question was put.',
    law: [{ text: 'Agreed by the office and the force' }],
    started: { what: 'The question was put', on: day('2026-02-27') },
    leftOut: [{ on: day('2026-02-28'), until: day('2026-03-01'), why: 'a weekend' }],
  },
}

export const registerModel: RegisterModel = {
  title: 'Questions',
  count: '14 questions, 3 awaiting an answer',
  address: '/ardenshire/questions',
  filters: [
    {
      type: 'choice',
      name: 'state',
      label: 'State',
      value: 'put',
      options: [
        { value: '', text: 'All' },
        { value: 'put', text: 'Awaiting an answer' },
      ],
    },
    { type: 'words', name: 'q', label: 'Words', value: '' },
  ],
  filtered: true,
  columns: [
    { heading: 'Question', sort: { href: '?sort=title', sorted: 'none' } },
    { heading: 'Put to' },
    { heading: 'State' },
    { heading: 'Due', sort: { href: '?sort=-due', sorted: 'ascending' } },
    { heading: 'Figures', numeric: true },
  ],
  rows: [
    {
      cells: [
        { type: 'text', text: 'Why did shoplifting rise by a fifth in December?', href: '/q/1', hint: 'Q-2026-04' },
        { type: 'text', text: awkwardName },
        { type: 'state', state: { word: 'Awaiting an answer', colour: 'yellow' } },
        { type: 'due', due },
        { type: 'number', value: 12345.6 },
      ],
    },
    {
      cells: [
        { type: 'text', text: 'How long do people wait when they call 101?', href: '/q/2', hint: 'Q-2026-03' },
        { type: 'text', text: 'Ardenshire Police' },
        { type: 'state', state: { word: 'Late', colour: 'red' } },
        { type: 'due', due: { date: day('2026-02-26'), running: true } },
        { type: 'number', value: null, mark: 'not recorded' },
      ],
    },
    {
      cells: [
        { type: 'text', text: 'Who reviews decisions to take no further action?', href: '/q/3', hint: 'Q-2026-02' },
        { type: 'text', text: 'Ardenshire Police' },
        { type: 'state', state: { word: 'Answered', colour: 'green' } },
        {
          type: 'due',
          due: { date: null, words: 'Once the review is finalised', running: true, lookAgain: day('2026-06-01') },
        },
        { type: 'number', value: -3 },
      ],
    },
  ],
  empty: 'Questions that the office puts to the force appear here once they are published.',
  next: '/ardenshire/questions?after=3',
  previous: '/ardenshire/questions?before=1',
  downloads: { csv: '/a.csv', json: '/a.json', atom: '/a.atom' },
  actions: [{ text: 'Draft a question', href: '/workspace/scrutiny/questions/new' }],
}

export const recordModel: RecordModel = {
  caption: 'Question Q-2026-04',
  title: `Why did shoplifting rise? Asked by ${awkwardName}`,
  state: { word: 'Awaiting an answer', colour: 'yellow' },
  note: 'Corrected on 3 March 2026: the figure for December was 180, not 108.',
  summary: [
    { key: 'Put by', value: { type: 'text', text: awkwardName } },
    { key: 'Put on', value: { type: 'date', date: day('2026-02-27') } },
    { key: 'Answer due', value: { type: 'due', due } },
    { key: 'Question', value: { type: 'paragraphs', text: 'First line\nsecond line\n\nA second paragraph.' } },
  ],
  actions: [
    { text: 'Record the answer', href: '/answer' },
    { text: 'Withdraw', post: '/withdraw', version: 3 },
    { text: 'Close this action', reasons: ['This action cannot be closed yet: no evidence is attached.'] },
  ],
  before: [
    { kind: 'Exception', title: 'Shoplifting, December 2025', href: '/e', date: day('2026-01-12') },
    { kind: 'Objective', title: 'Safer shops', state: { word: 'In progress', colour: 'blue' } },
  ],
  after: [],
  trail: '/trail',
  history: [
    {
      at: Temporal.Instant.from('2026-02-27T10:12:00Z'),
      what: 'Question put',
      who: awkwardName,
      why: 'Agreed at the board',
      changes: [{ name: 'State', before: 'Draft', after: 'Put' }],
    },
  ],
}

export const trailModel: TrailModel = {
  title: 'The trail of question Q-2026-04',
  introduction: 'From the promise in the plan to what was done.',
  steps: [
    {
      kind: 'Objective',
      title: 'Safer shops',
      href: '/o',
      date: day('2025-04-01'),
      sentence: 'Fewer thefts from shops.',
    },
    {
      kind: 'Exception',
      title: 'Shoplifting, December 2025',
      href: '/e',
      date: day('2026-01-12'),
      sentence: '180 offences, above the usual range of 98 to 156.',
    },
    {
      kind: 'Question',
      title: 'Why did shoplifting rise?',
      href: '/q',
      date: day('2026-02-27'),
      state: { word: 'Put', colour: 'yellow' },
      here: true,
      branches: [
        {
          kind: 'Action',
          title: 'Review patrols in town centres',
          date: day('2026-03-02'),
          state: { word: 'Open', colour: 'blue' },
        },
        { kind: 'Answer', title: 'No answer yet. It is due on 13 March.', gap: true },
      ],
    },
    { kind: 'Publication', title: 'Not published yet', gap: true },
  ],
}

export const evidenceModel: EvidenceModel = {
  heading: 'Evidence',
  items: [
    {
      title: awkwardName,
      href: '/file/1',
      kind: 'PDF, 1.2 MB',
      addedBy: 'Robin Marsh',
      addedAt: Temporal.Instant.from('2026-02-27T00:12:00Z'),
    },
  ],
  empty: 'No evidence is attached.',
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const figures = [120, 131, 118, 125, 140, 122, 119, 133, 128, 121, 126, 180]

export async function chartModel(): Promise<ChartModel> {
  return {
    title: 'Shoplifting in December 2025 was above its usual range',
    svg: await controlChart({
      title: 'Shoplifting in December 2025 was above its usual range',
      points: figures.map((value, at) => ({
        label: `${months[at]} 2025`,
        value,
        signals: value > 156 ? ['beyond-high'] : [],
      })),
      centre: 127,
      lower: 98,
      upper: 156,
      limitsDrawn: true,
      unit: 'offences',
    }),
    table: {
      caption: 'Shoplifting by month, 2025',
      columns: [{ heading: 'Month' }, { heading: 'Offences', numeric: true }],
      rows: figures.slice(-4).map((value, at) => ({
        cells: [
          { type: 'text', text: `${months[at + 8]} 2025` },
          { type: 'number', value },
        ],
      })),
    },
    source: 'Ardenshire Police, monthly return',
    asAt: day('2026-01-08'),
    downloads: { csv: '/m.csv', json: '/m.json' },
  }
}

export function formModel(faults: readonly FieldFault[] = []): FormModel {
  return {
    action: '/workspace/sample/form',
    fields: {
      title: awkwardName,
      'due-day': '29',
      'due-month': '2',
      'due-year': '2027',
      heads: ['a', 'b'],
      kind: 'meeting',
    },
    faults,
    version: 3,
    files: true,
  }
}

export const publishModel: PublishModel = {
  form: { action: '/publish', fields: {}, faults: [], version: 3 },
  shown: [
    { heading: 'Question', text: 'Why did shoplifting rise by a fifth in December?' },
    { heading: 'Answer', text: 'Two stores changed how they report.\n\nPatrols were moved.' },
  ],
  withheld: [
    { heading: 'Appendix B', ground: 'Exempt: paragraph 7 of Schedule 12A', notice: 'Appendix B is withheld' },
  ],
  changes: [{ name: 'Answer', before: 'None', after: 'Given on 9 March 2026' }],
  agreements: [{ who: 'Ardenshire Police', state: { word: 'Agreed', colour: 'green' } }],
  address: 'http://localhost:3000/ardenshire/questions/q-2026-04',
  reasons: [],
  button: 'Publish the question and its answer',
}

export const checkModel: CheckAnswersModel = {
  rows: [{ key: 'Question', value: { type: 'paragraphs', text: 'Why did shoplifting rise?' }, change: '/change' }],
}

export const staleModel: StaleModel = {
  form: { ...formModel(), fields: {}, files: false },
  title: 'Why did shoplifting rise?',
  changed: 'Chris Field changed this on 9 March 2026 at 10:12am.',
  rows: [{ label: 'Question', field: 'text', yours: 'Mine\n<b>second</b> line', theirs: 'Theirs' }],
  current: '/workspace/scrutiny/questions/1',
  kept: [{ name: 'title', value: awkwardName }],
}
