/** One value as it stands in a statement: typed as printed, or read from the figure it is bound to. */
export interface Valued {
  /** Null where there is none: a part without a number, a figure that is missing. */
  value: number | null
  /** The last digit it was given to: 0.1 of 85.3. */
  step: number
  /** As it was typed, or as the figure prints. */
  text: string
  unit: 'percent' | 'points' | 'money' | 'count'
  /** Typed with "about", "nearly" or "over". */
  about: boolean
  /** Of the bound figure, where they are known. */
  numerator: number | null
  denominator: number | null
  asAt: string | null
}

/** The figure a part is bound to, by the names that people use. */
export interface Binding {
  reference: string
  breakdown: string
  /** As `parsePeriod` reads it. */
  period: string
  /** '' for the only or the measure's own source. */
  source: string
}

/** One line of a claim: what it is in the statement, and the value, pair of values or text it stands for. */
export interface ClaimPart {
  role: string
  /** As it was entered. */
  line: string
  /** What it is, in words: the breakdown, or what was typed after the value. */
  label: string
  measureId: string | null
  measure: string | null
  binding: Binding | null
  valued: Valued | null
  /** Of a pair "from … to …": the value before. */
  earlier: Valued | null
  /** Names, dates, periods and cells, which are no values. */
  text: string | null
}

interface RoleWords {
  role: string
  hint: string
  takes: 'value' | 'pair' | 'text'
  least: number
  most: number
}

const role = (name: string, takes: RoleWords['takes'], least: number, most: number, hint: string): RoleWords => ({
  role: name,
  takes,
  least,
  most,
  hint,
})
const many = 60

/** The sorts of statement that can be checked, with the parts that each is made of. */
export const claimSorts = {
  equals: {
    word: 'Figures that are the same',
    example: '5 meetings in one place and 6 in another; £11.74m and £11.7m',
    roles: [role('figure', 'value', 2, many, 'each figure that is said to be the same')],
  },
  sum: {
    word: 'A sum',
    example: 'seven grants and their total; a balance after what was spent',
    roles: [
      role('stated', 'value', 1, 1, 'the total as printed'),
      role('part', 'value', 1, many, 'each part; a dash where it has no number'),
      role('less', 'value', 0, many, 'what is taken off'),
    ],
  },
  average: {
    word: 'An average',
    example: 'the average of four quarters',
    roles: [role('stated', 'value', 1, 1, 'the average as printed'), role('part', 'value', 2, many, 'each figure')],
  },
  share: {
    word: 'A share of a whole',
    example: '190 of 1,526 arrests; 305 of the 1,537 of a year',
    roles: [
      role('part', 'value', 1, 1, 'the part'),
      role('whole', 'value', 1, 1, 'the whole'),
      role('stated', 'value', 0, 1, 'the percentage as printed, if one is'),
    ],
  },
  shares: {
    word: 'Shares that make up 100%',
    example: 'reasons, or groups of people, in per cent',
    roles: [
      role('part', 'value', 2, many, 'each share'),
      role('answers', 'text', 0, 1, '“several” where more than one may be given'),
    ],
  },
  difference: {
    word: 'A difference',
    example: '4.5 percentage points more than before',
    roles: [
      role('stated', 'value', 1, 1, 'the difference as printed'),
      role('earlier', 'value', 1, 1, 'the figure before'),
      role('later', 'value', 1, 1, 'the figure after'),
    ],
  },
  change: {
    word: 'A change in per cent',
    example: '12% more than a year before; 7 per cent higher than elsewhere',
    roles: [
      role('stated', 'value', 1, 1, 'the change as printed'),
      role('later', 'value', 1, 1, 'the figure after, or the one said to be higher or lower'),
      role('earlier', 'value', 0, 1, 'the figure before, or the one it is compared with'),
    ],
  },
  base: {
    word: 'A difference and its percentage',
    example: '166 fewer, which is 49%',
    roles: [
      role('difference', 'value', 1, 1, 'by how many it rose or fell'),
      role('stated', 'value', 1, 1, 'the percentage'),
      role('earlier', 'value', 0, 1, 'the figure before, if it is known'),
    ],
  },
  'larger-change': {
    word: 'A larger change than elsewhere',
    example: 'a larger increase than in the rest of the force',
    roles: [
      role('subject', 'pair', 1, 1, 'what is said to have changed more, before and after'),
      role('against', 'pair', 1, many, 'what it is compared with'),
      role('also', 'pair', 0, many, 'what it could be compared with besides'),
    ],
  },
  direction: {
    word: 'A rise or a fall',
    example: 'an improvement in burglary, robbery and violence',
    roles: [
      role('said', 'text', 1, 1, '“rose” or “fell”'),
      role('subject', 'pair', 1, many, 'each thing that is spoken of, before and after'),
      role('also', 'pair', 0, many, 'what the words take in besides'),
    ],
  },
  significant: {
    word: 'A significant rise or fall',
    example: 'crime has fallen significantly',
    roles: [role('said', 'text', 1, 1, '“rose” or “fell”'), role('subject', 'pair', 1, 1, 'before and after')],
  },
  below: {
    word: 'Less than a limit',
    example: 'less than 1% of incidents',
    roles: [
      role('limit', 'value', 1, 1, 'the limit'),
      role('figure', 'value', 0, 1, 'the figure, or a part and its whole'),
      role('part', 'value', 0, 1, 'the part'),
      role('whole', 'value', 0, 1, 'the whole'),
    ],
  },
  covers: {
    word: 'An amount that covers what it paid for',
    example: 'a share of the budget that pays for grants and the office',
    roles: [
      role('available', 'value', 1, many, 'the money; a share is written 2.7% of £98.001m'),
      role('less', 'value', 0, many, 'what is taken off first'),
      role('use', 'value', 1, many, 'what was paid from it'),
    ],
  },
  list: {
    word: 'A list or a count of named things',
    example: '11 members; sections numbered 1 to 12',
    roles: [
      role('item', 'text', 1, many, 'each name or number on the list'),
      role('stated', 'value', 0, 1, 'how many there are said to be'),
    ],
  },
  label: {
    word: 'Labels in two places',
    example: 'the questions of an inspection, called one thing here and another there',
    roles: [
      role('here', 'text', 1, many, 'each label in one place'),
      role('there', 'text', 1, many, 'each label in the other'),
    ],
  },
  printed: {
    word: 'Numbers as they are printed',
    example: '£97,268m; 3 + 1 in a column of numbers',
    roles: [role('cell', 'text', 1, many, 'each number exactly as it stands there')],
  },
  period: {
    word: 'The period of a figure',
    example: 'a quarter 7; a percentage without a year',
    roles: [
      role('period', 'text', 0, many, 'each period as printed; none where none is'),
      role('figure', 'value', 0, 1, 'the figure'),
    ],
  },
  'same-length': {
    word: 'Periods that are compared',
    example: 'January to April against April to August',
    roles: [role('period', 'text', 2, many, 'each period')],
  },
  dates: {
    word: 'A next date',
    example: 'the next meeting, on a day before this one',
    roles: [role('held', 'text', 1, 1, 'the date it was held'), role('next', 'text', 1, 1, 'the date of the next')],
  },
} as const satisfies Record<string, { word: string; example: string; roles: readonly RoleWords[] }>

export type ClaimSort = keyof typeof claimSorts
export const sortNames = Object.keys(claimSorts) as readonly ClaimSort[]
export type { RoleWords }

export function rolesOf(sort: ClaimSort): readonly RoleWords[] {
  return claimSorts[sort].roles
}

/** The parts of a role, in the order they were entered. */
export function inRole(parts: readonly ClaimPart[], name: string): ClaimPart[] {
  return parts.filter(part => part.role === name)
}
