import { webAddress } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'

/** What is wrong with a piece of evidence: it is a file or a link, and not both. */
export function evidenceFault(hasFile: boolean, link: string | null): FieldFault | null {
  if (!hasFile && link === null) return { field: 'evidence-file', message: 'Choose a file or give a link' }
  if (hasFile && link !== null) return { field: 'evidence-link', message: 'Give a file or a link, not both' }
  if (link === null) return null
  const checked = webAddress('Give a link').safeParse(link)
  return checked.success ? null : { field: 'evidence-link', message: checked.error.issues[0]?.message ?? '' }
}
