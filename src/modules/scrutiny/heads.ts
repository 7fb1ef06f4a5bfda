/**
 * What a local policing body must in particular hold the chief constable to account for: the heads of section 1(8) of
 * the Police Reform and Social Responsibility Act 2011; (ca) was added by the Policing and Crime Act 2017.
 */
export const heads = ['a', 'b', 'c', 'ca', 'd', 'e', 'f', 'g', 'h'] as const
export type Head = (typeof heads)[number]

const words: Readonly<Record<Head, string>> = {
  a: 'having regard to the police and crime plan',
  b: 'having regard to the strategic policing requirement',
  c: 'having regard to codes of practice',
  ca: 'handling complaints',
  d: 'working with others: collaboration agreements',
  e: 'engaging with local people',
  f: 'value for money',
  g: 'equality and diversity',
  h: 'safeguarding children',
}

/** "(f) value for money" */
export function headInWords(head: Head): string {
  return `(${head}) ${words[head]}`
}

/** The heads for a form, in the order of the Act. */
export const headOptions = heads.map(head => ({ value: head, text: headInWords(head) }))
