import type { WorkspaceRoute } from '../../../../platform/web/route.ts'
import { askColumns, askSheet, chooseSheet, sayColumns } from './columns-page.ts'
import { askLabels, sayLabels } from './labels-page.ts'
import { doForget, showMappings } from './mappings-page.ts'
import { chooseRecognised, showRecognised } from './recognised-page.ts'
import { showRows, takeRows } from './rows-page.ts'
import { askSpellings, saySpellings } from './spellings-page.ts'

const permission = 'performance.load'
const step = '/performance/imports/:id'

/** The steps in which a spreadsheet is described. */
export const spreadsheetRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: `${step}/recognised`, permission, handler: showRecognised },
  { method: 'POST', path: `${step}/recognised`, permission, handler: chooseRecognised },
  { method: 'GET', path: `${step}/sheet`, permission, handler: askSheet },
  { method: 'POST', path: `${step}/sheet`, permission, handler: chooseSheet },
  { method: 'GET', path: `${step}/columns`, permission, handler: askColumns },
  { method: 'POST', path: `${step}/columns`, permission, handler: sayColumns },
  { method: 'GET', path: `${step}/labels`, permission, handler: askLabels },
  { method: 'POST', path: `${step}/labels`, permission, handler: sayLabels },
  { method: 'GET', path: `${step}/spellings`, permission, handler: askSpellings },
  { method: 'POST', path: `${step}/spellings`, permission, handler: saySpellings },
  { method: 'GET', path: `${step}/rows`, permission, handler: showRows },
  { method: 'POST', path: `${step}/rows`, permission, handler: takeRows },
  { method: 'GET', path: '/performance/mappings', permission, handler: showMappings },
  { method: 'POST', path: '/performance/mappings/:id/forget', permission, handler: doForget },
]
