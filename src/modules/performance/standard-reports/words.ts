/** The words of the reports' tables. */
export const reportWords = {
  all: 'All',
  part: 'Group',
  period: 'Period',
  change: 'Change on a year before',
  share: 'Share',
  base: 'Out of',
  interval: 'Interval',
  provisional: 'provisional',
  hidden: 'hidden from the public',
  notGiven: 'not given',
  by: (title: string, dimension: string) => `${title} by ${dimension.toLowerCase()}`,
  byIn: (title: string, dimension: string, period: string) => `${title} by ${dimension.toLowerCase()}, ${period}`,
  shareOf: (whole: string) => `Share of ${whole}`,
  fromTo: (lower: string, upper: string) => `${lower} to ${upper}`,
  severalAnswers: 'Several may be recorded for one, so the shares add up to more than 100%.',
  smallInside: (fewest: number) =>
    `Numbers from 1 to ${String(fewest - 1)} are hidden from the public, with others from which they could be worked out.`,
  smallPublic: (fewest: number) =>
    `[c]: hidden, because it stands for fewer than ${String(fewest)}, or because such a number could be worked out from it.`,
  noneAsked: 'Where the number asked is not given, no interval can be worked out.',
  noBase: 'Where the number behind a share is not given, it cannot be said how much chance is in it.',
  vacancies: {
    caption: (day: string) => `Posts not filled, as at ${day}`,
    posts: 'Posts',
    strength: 'Full-time equivalents',
    vacant: 'Posts not filled',
  },
} as const
