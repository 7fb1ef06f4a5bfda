import type { FilterModel } from '../../../platform/web/patterns.ts'
import type { ItemKind } from '../items/words.ts'
import { isItemKind, itemKinds, itemWords } from '../items/words.ts'

type Query = Readonly<Record<string, string | undefined>>

/** What a list is asked for by its address: what makes no sense is left out. */
export interface Asked {
  kinds: readonly ItemKind[]
  kind: string
  standing: string
  states?: readonly string[]
  lead?: string
  words?: string
  body?: string
  after?: string
}

/** States by what they mean to a reader, over the kinds. */
const standings: Readonly<Record<string, readonly string[]>> = {
  open: ['open', 'replied', 'reported'],
  reported: ['reported'],
  closed: ['closed'],
  cancelled: ['cancelled'],
}

const kindOptions = itemKinds.map(kind => ({
  value: kind,
  text: itemWords[kind].plural.charAt(0).toUpperCase() + itemWords[kind].plural.slice(1),
}))

/** Reads the filters of a list from its address: `kind`, `standing`, `lead`, `q`, `body`, `after`. */
export function readFilters(query: Query, unless: readonly ItemKind[] = itemKinds): Asked {
  const kind = query['kind'] ?? ''
  const standing = query['standing'] ?? ''
  const states = standings[standing]
  const lead = typed(query['lead'])
  const words = typed(query['q'])
  return {
    kinds: isItemKind(kind) ? [kind] : kind === 'all' ? itemKinds : unless,
    kind,
    standing,
    ...(states !== undefined && { states }),
    ...(lead !== '' && { lead }),
    ...(words !== '' && { words }),
    ...(query['body'] !== undefined && query['body'] !== '' && { body: query['body'] }),
    ...(query['after'] !== undefined && { after: query['after'] }),
  }
}

/** Nobody needs more than this to find something; longer words only cost the database. */
const longest = 200

function typed(value: string | undefined): string {
  return (value ?? '').trim().slice(0, longest)
}

/** Whether anything narrows the list. */
export function isFiltered({ kind, standing, lead, words, body }: Asked): boolean {
  return kind !== '' || standing !== '' || lead !== undefined || words !== undefined || body !== undefined
}

/** The filters as a list shows them. */
export function filterModels(
  asked: Asked,
  bodies: readonly { value: string; text: string }[],
  first: { value: string; text: string }[] = [{ value: '', text: 'All' }],
): FilterModel[] {
  return [
    { type: 'choice', name: 'kind', label: 'Kind', options: [...first, ...kindOptions], value: asked.kind },
    {
      type: 'choice',
      name: 'standing',
      label: 'State',
      options: [
        { value: '', text: 'All' },
        { value: 'open', text: 'Not closed yet' },
        { value: 'reported', text: 'Reported done or received' },
        { value: 'closed', text: 'Closed' },
        { value: 'cancelled', text: 'Given up' },
      ],
      value: asked.standing,
    },
    ...bodyFilter(asked, bodies),
    { type: 'words', name: 'lead', label: 'Lead', value: asked.lead ?? '' },
  ]
}

/** By body, where there is more than one to choose from. */
export function bodyFilter(asked: Asked, bodies: readonly { value: string; text: string }[]): FilterModel[] {
  if (bodies.length === 0) return []
  const options = [{ value: '', text: 'All' }, ...bodies]
  return [{ type: 'choice', name: 'body', label: 'Raised by', options, value: asked.body ?? '' }]
}
