export const bodyForms = ['panel', 'board', 'committee', 'working-group', 'meeting', 'other'] as const
export type BodyForm = (typeof bodyForms)[number]

export const capacities = ['chair', 'vice-chair', 'member', 'co-opted-independent', 'substitute', 'attending'] as const
export type Capacity = (typeof capacities)[number]

const forms: Readonly<Record<BodyForm, string>> = {
  panel: 'Panel',
  board: 'Board',
  committee: 'Committee',
  'working-group': 'Working group',
  meeting: 'Meeting',
  other: 'Other body',
}

const inCapacity: Readonly<Record<Capacity, string>> = {
  chair: 'Chair',
  'vice-chair': 'Vice-chair',
  member: 'Member',
  'co-opted-independent': 'Co-opted independent member',
  substitute: 'Substitute',
  attending: 'Attends',
}

export const formWords = (form: BodyForm): string => forms[form]
export const capacityWords = (capacity: Capacity): string => inCapacity[capacity]
