import type { KindDescription } from '../../../record/description.ts'
import { claimObstacles, claimSnapshot } from './claims/snapshot.ts'
import { qualityPaths } from './paths.ts'
import { queryObstacles, querySnapshot } from './query-snapshot.ts'

const factText = (fact: unknown): string => (typeof fact === 'string' ? fact : '')

/** Something in the figures that cannot be right, or that somebody ought to know, as the rules found it. */
export const dataQueryKind: KindDescription = {
  kind: 'data-query',
  word: 'data query',
  plural: 'data queries',
  prefix: 'DQ',
  states: {
    found: { word: 'Found', colour: 'yellow', open: true },
    asked: { word: 'Asked about', colour: 'blue', open: true },
    explained: { word: 'Explained', colour: 'purple', open: false },
    'put-right': { word: 'Put right', colour: 'green', open: false },
    'not-borne-out': { word: 'No longer borne out', colour: 'grey', open: false },
  },
  publicStates: ['found', 'asked', 'explained', 'put-right', 'not-borne-out'],
  relations: { 'found-in': ['measure'] },
  workspacePath: qualityPaths.query,
  publicPath: 'data-queries',
  snapshot: querySnapshot,
  publishing: { permission: 'performance.publish', obstacles: queryObstacles },
  publicView: 'modules/performance/quality/views/public-data-query.njk',
  publicColumns: [{ heading: 'What was found', cell: facts => ({ type: 'text', text: factText(facts['verdict']) }) }],
  publicEmpty: 'No contradiction in the published figures has been published.',
  events: {
    'told-anew': 'Figures in it changed',
    'found-again': 'Found again',
    'not-borne-out': 'The figures no longer bear it out',
    asked: 'Asked about',
    explained: 'Explained',
    'put-right': 'Put right',
  },
}

/** A statement read from a paper, bound to the figures it speaks of and checked against them. */
export const claimKind: KindDescription = {
  kind: 'claim',
  word: 'claim',
  plural: 'claims',
  prefix: 'CL',
  states: {
    'borne-out': { word: 'Borne out', colour: 'green', open: false },
    questioned: { word: 'Open to question', colour: 'yellow', open: true },
    contradicted: { word: 'Contradicted', colour: 'orange', open: true },
    unchecked: { word: 'Cannot be checked yet', colour: 'grey', open: true },
    withdrawn: { word: 'Withdrawn', colour: 'grey', open: false },
  },
  publicStates: ['borne-out', 'questioned', 'contradicted', 'unchecked', 'withdrawn'],
  relations: { 'speaks-of': ['measure'], 'read-in': ['paper', 'minutes', 'meeting', 'answer'] },
  workspacePath: qualityPaths.claim,
  publicPath: 'claims',
  snapshot: claimSnapshot,
  publishing: { permission: 'performance.publish', obstacles: claimObstacles },
  publicView: 'modules/performance/quality/views/public-claim.njk',
  publicColumns: [
    { heading: 'What checking it came to', cell: facts => ({ type: 'text', text: factText(facts['verdict']) }) },
  ],
  publicEmpty: 'No claims have been published.',
  events: {
    changed: 'Changed and checked',
    'checked-again': 'It came out otherwise',
    withdrawn: 'Withdrawn',
  },
}
