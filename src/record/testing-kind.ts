import type { ModuleDescription } from './description.ts'
import { findRecord } from './records.ts'

/** A kind of record for the record layer's own tests: it has no subject. */
export const noteModule: ModuleDescription = {
  name: 'notes',
  kinds: [
    {
      kind: 'note',
      word: 'note',
      plural: 'notes',
      prefix: 'N',
      states: {
        draft: { word: 'Draft', colour: 'grey', open: true },
        asked: { word: 'Asked', colour: 'blue', open: true },
        done: { word: 'Done', colour: 'green', open: false },
      },
      publicStates: ['draft', 'asked', 'done'],
      relations: { follows: ['note'], replies: ['note'] },
      expects: [{ states: ['asked'], relation: 'replies', awaited: 'reply' }],
      workspacePath: id => `/workspace/notes/${id}`,
      publicPath: 'notes',
      snapshot: async (trx, key) => {
        const record = await findRecord(trx, key)
        const title = record?.title ?? ''
        const gap = {
          id: key.id,
          position: '1',
          title: null,
          ground: 'A ground',
          dated: Temporal.PlainDate.from('2026-03-11'),
        }
        const gaps = title === 'With a gap' ? [gap] : []
        return { body: { title }, summary: title, searchText: title, gaps }
      },
      publicView: 'none.njk',
      events: {},
    },
  ],
  permissions: {},
  workspace: [],
  public: [],
}
