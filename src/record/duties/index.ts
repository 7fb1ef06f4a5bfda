import type { WorkspaceRoute } from '../../platform/web/route.ts'
import type { ModuleDescription } from '../description.ts'
import { showClock } from './clock-page.ts'
import { clockDeeds } from './deed-rules.ts'
import { doDeed, showDeed } from './deeds.ts'
import { sendDuties, showDuties } from './duty-pages.ts'
import { sendLate, showLate } from './late-pages.ts'
import { showYear } from './year-page.ts'

const deedRoutes: readonly WorkspaceRoute[] = clockDeeds.flatMap((deed): WorkspaceRoute[] => [
  {
    method: 'GET',
    path: `/clocks/:id/${deed}`,
    permission: 'clocks.manage',
    handler: context => showDeed(context, deed),
  },
  {
    method: 'POST',
    path: `/clocks/:id/${deed}`,
    permission: 'clocks.manage',
    handler: context => doDeed(context, deed),
  },
])

/** The clocks that run: each with its page, all of an organisation's, what was late, and the year ahead. */
export const dutyPages: ModuleDescription = {
  name: 'duties',
  navigation: { word: 'Duties', path: '/duties', permission: 'record.read' },
  kinds: [],
  permissions: {
    'clocks.manage': [
      'commissioner',
      'chief-executive',
      'chief-finance-officer',
      'policy-lead',
      'board-clerk',
      'administrator',
      'chief-constable',
      'chief-officer',
      'liaison',
      'panel-chair',
      'panel-clerk',
    ],
  },
  workspace: [
    { method: 'GET', path: '/duties', permission: 'record.read', handler: context => showDuties(context, 'own') },
    { method: 'GET', path: '/duties.csv', permission: 'record.read', handler: context => sendDuties(context, 'own') },
    {
      method: 'GET',
      path: '/duties/owed-to-us',
      permission: 'record.read',
      handler: context => showDuties(context, 'others'),
    },
    {
      method: 'GET',
      path: '/duties/owed-to-us.csv',
      permission: 'record.read',
      handler: context => sendDuties(context, 'others'),
    },
    { method: 'GET', path: '/duties/late', permission: 'record.read', handler: showLate },
    { method: 'GET', path: '/duties/late.csv', permission: 'record.read', handler: sendLate },
    { method: 'GET', path: '/duties/year', permission: 'record.read', handler: showYear },
    { method: 'GET', path: '/clocks/:id', permission: 'record.read', handler: showClock },
    ...deedRoutes,
  ],
  public: [],
}
