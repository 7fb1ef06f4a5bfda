/** How much a verdict matters: nothing to ask, something to know, something that cannot be right. */
export type Severity = 'ok' | 'warning' | 'error'

interface VerdictWords {
  word: string
  severity: Severity
  /** What would settle it. */
  settle: string
}

const ok = (word: string): VerdictWords => ({ word, severity: 'ok', settle: '' })
const warning = (word: string, settle: string): VerdictWords => ({ word, severity: 'warning', settle })
const wrong = (word: string, settle: string): VerdictWords => ({ word, severity: 'error', settle })

const whichOne = 'Say which of the figures is right, and where the other comes from.'

/** What can come of holding figures against one another, or a statement against figures. */
export const verdicts = {
  exact: ok('Agrees exactly'),
  'consistent-with-rounding': ok('Agrees, allowing for rounding'),
  'multi-response': ok('More than 100%, as several answers may be given'),
  plausible: ok('Plausible'),
  supported: ok('Borne out by the figures'),
  conflict: wrong('Two values for one thing', whichOne),
  'conflict-or-different-scope': warning(
    'Two values, perhaps of different things',
    'Say what each of the figures counts and over which time.',
  ),
  'withheld-and-printed': wrong(
    'Withheld here, printed there',
    'Decide whether it may be known, and treat both alike.',
  ),
  'different-definitions': warning(
    'Different definitions',
    'Label each figure with its definition, and compare like with like.',
  ),
  'different-vintages': warning(
    'Figures of different dates',
    'Use figures as at the same date, or say why they differ.',
  ),
  'vintage-mismatch': warning(
    'Cannot be reproduced from the figures held',
    'Give the two figures that the change was worked out from, both as at the same date.',
  ),
  inconsistent: wrong(
    'Does not follow from the figures',
    'Work it out again, and correct the figure or what it rests on.',
  ),
  'inconsistent-beyond-rounding': wrong(
    'The parts do not add up to the whole',
    'Give the part that is missing, or correct the total or the parts.',
  ),
  'missing-component': wrong('A part is missing', 'Give the figure of the part that has none.'),
  'incomplete-breakdown': wrong(
    'The shares do not add up to 100%',
    'Say what the rest is: unknown, not recorded, or left out.',
  ),
  'more-than-the-whole': wrong(
    'The shares add up to more than 100%',
    'Correct the shares, or say that several answers may be given.',
  ),
  'impossible-percentage': wrong('Not a possible percentage', 'Give the share again, with what it is a share of.'),
  'implausible-magnitude': wrong('Not of the size it should be', 'Give the figure again, with its unit in words.'),
  'outside-its-parts': warning('The whole does not lie between its parts', 'Give what each share was counted from.'),
  'unequal-periods': warning(
    'Periods of different lengths',
    'Give figures for periods of the same length, or by the month.',
  ),
  'invalid-period': wrong('No such period', 'Say which period is meant.'),
  'period-conflict': wrong('The periods contradict one another', 'Say which period is meant.'),
  'missing-period': warning(
    'A period is missing',
    'Say which period the figure is for, or give the one that is left out.',
  ),
  'date-before-meeting': wrong('A date out of order', 'Say which date is meant.'),
  'missing-denominator': warning(
    'No base is given',
    'Give the number asked or counted, so that chance can be told from change.',
  ),
  'unit-label-conflict': warning('Two units for one figure', 'Say whether per cent or percentage points are meant.'),
  'unit-conflict': warning('One number for two things', 'Say what each of the figures counts.'),
  'pp-percent-confusion': warning(
    'Percentage points called per cent',
    'Write percentage points where two percentages are subtracted.',
  ),
  'show-more-decimals': warning('Rounded across the line it is compared with', 'Print one digit more.'),
  'non-numeric-cell': warning('Not a number', 'Give one number, and say in a note what it is made of.'),
  format: warning('Numbers printed in different ways', 'Print every number with its thousands parted alike.'),
  'duplicate-row': warning('The same row twice', 'Take one of the two out.'),
  'duplicate-number': warning('One number for two places', 'Number them anew.'),
  'label-conflict': warning('Two labels for one thing', 'Say which label is right.'),
  'comparator-omitted': warning('A comparison is left out', 'Give every comparison that there is.'),
  overgeneralised: warning('Wider than the figures', 'Say where it holds, and where it does not.'),
  'unsupported-significance-word': warning(
    'Called significant without a test',
    'Give the test, or say by how much it rose or fell.',
  ),
  'needs-reconciliation': warning('The sums do not cover it', 'Show what was paid from which money.'),
  'not-checkable': warning('Cannot be checked yet', 'Bind it to a figure, or give the numbers.'),
} as const satisfies Record<string, VerdictWords>

export type Verdict = keyof typeof verdicts
export const severityOf = (verdict: Verdict): Severity => verdicts[verdict].severity
