import type { Act, Owner } from '../../record/record.ts'

/** The clerk of the organisation that acts: whose work agendas and minutes are. */
export function clerkOf(act: Act): Owner {
  const { id, kind } = act.viewer.organisation
  return { organisationId: id, role: kind === 'panel' ? 'panel-clerk' : 'board-clerk' }
}
