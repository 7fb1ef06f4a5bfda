import type { KindDescription } from '../../../record/description.ts'
import { receivedPath } from '../replies/words.ts'
import { itemSnapshot } from './snapshot.ts'
import { itemKinds, itemPath, itemStates, itemWords } from './words.ts'
import type { ItemKind } from './words.ts'

/** What recommendations, requests and actions have in common; what differs is in words.ts. */
function describe(kind: ItemKind): Omit<KindDescription, 'publicPath'> {
  const { word, plural, prefix } = itemWords[kind]
  const states = itemStates[kind]
  return {
    kind,
    word,
    plural,
    prefix,
    states,
    publicStates: Object.keys(states).filter(state => state !== 'draft'),
    relations: {
      'raised-by': ['assurance', 'meeting', 'minutes', 'question', 'challenge', 'recommendation'],
      'raised-at': ['meeting'],
      'adopted-at': ['meeting'],
    },
    workspacePath: id => itemPath(kind, id),
    snapshot: itemSnapshot,
    publishing: {
      permission: 'follow-up.publish',
      obstacles: async (_trx, record) =>
        record.state === 'draft' ? ['It is still a draft: it is issued first, by hand or with its minutes.'] : [],
    },
    publicView: 'modules/follow-up/views/public-item.njk',
    publicColumns: [
      { heading: 'Lead', cell: ({ lead }) => ({ type: 'text', text: typeof lead === 'string' ? lead : '' }) },
      { heading: 'Moved', cell: facts => ({ type: 'number', value: Number(facts['moves'] ?? 0) }) },
    ],
    events: {
      issued: 'Issued',
      adopted: 'Adopted by the body',
      updated: 'Progress update',
      reported: 'Reported done or received',
      closed: 'Closed',
      reopened: 'Re-opened',
      redated: 'Date changed',
      cancelled: 'Given up',
      replied: 'Every reply is in',
      'reply-received': 'A reply was received',
      'asked-again': 'A fuller reply was asked for',
      'lead-changed': 'Who leads changed',
      'colour-chosen': 'A colour was chosen against the rule',
      'colour-by-rule': 'The colour goes by the rule again',
    },
  }
}

const particular: Readonly<Record<ItemKind, Partial<KindDescription> & Pick<KindDescription, 'publicPath'>>> = {
  recommendation: {
    publicPath: 'recommendations',
    receivedPath,
    expects: [{ states: ['open'], relation: 'replies-to', awaited: 'reply' }],
    home: { heading: 'What was recommended', more: 'See all recommendations', place: 33, limit: 5, order: 'newest' },
  },
  'information-request': { publicPath: 'recommendations' },
  action: {
    publicPath: 'actions',
    home: { heading: 'What is being done', more: 'See all actions', place: 35, limit: 5, order: 'newest' },
    publicEmpty: 'No actions have been published yet. They appear here when minutes with actions are published.',
  },
}

/** The kinds of this register, as the record layer reads them. */
export const itemKindDescriptions: readonly KindDescription[] = itemKinds.map(kind => ({
  ...describe(kind),
  ...particular[kind],
}))

/** The description of one of them. */
export function itemDescription(kind: ItemKind): KindDescription {
  return { ...describe(kind), ...particular[kind] }
}
