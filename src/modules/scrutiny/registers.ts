import type { ActionModel } from '../../platform/web/patterns.ts'
import type { WorkspaceContext } from '../../platform/web/route.ts'

const registers = [
  { text: 'Questions asked', href: '/workspace/scrutiny/questions', of: ['office', 'panel'] },
  { text: 'Questions to answer', href: '/workspace/scrutiny/to-answer', of: ['office', 'force'] },
  { text: 'Our answers', href: '/workspace/scrutiny/answers', of: ['office', 'force'] },
  { text: 'Answers received', href: '/workspace/scrutiny/answers-received', of: ['office', 'panel'] },
  { text: 'Public questions', href: '/workspace/scrutiny/public-questions', of: ['office', 'panel', 'force'] },
  { text: 'Formal challenges', href: '/workspace/scrutiny/challenges', of: ['office'] },
]

/** The other registers of scrutiny that matter to an organisation of this kind. */
export function otherRegisters({ viewer }: Pick<WorkspaceContext, 'viewer'>, here: string): ActionModel[] {
  return registers
    .filter(({ href, of }) => href !== here && of.includes(viewer.organisation.kind))
    .map(({ text, href }) => ({ text, href }))
}
