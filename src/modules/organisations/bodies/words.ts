import type { BodyForm, Capacity } from './queries.ts'

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
