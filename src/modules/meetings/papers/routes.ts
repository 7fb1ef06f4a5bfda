import type { WorkspaceRoute } from '../../../platform/web/route.ts'
import { markWorkspace } from './mark-workspace.ts'
import { meetingPapersWorkspace } from './meeting-papers-workspace.ts'
import { placeWorkspace } from './place-workspace.ts'
import { requestWorkspace } from './request-workspace.ts'
import { papersWorkspace } from './workspace.ts'
import { writeWorkspace } from './write-workspace.ts'

/** Every route of papers: what is particular comes before what takes any word. */
export const allPapersWorkspace: readonly WorkspaceRoute[] = [
  ...requestWorkspace,
  ...placeWorkspace,
  ...papersWorkspace,
  ...writeWorkspace,
  ...markWorkspace,
  ...meetingPapersWorkspace,
]
