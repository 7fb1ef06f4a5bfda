/** A part of a rule's source: its words, and the address of the law where the words make it certain. */
export interface LawLink {
  text: string
  href: string | null
}

const site = 'https://www.legislation.gov.uk'

/** Acts by the name they are cited by, with type, year and chapter as legislation.gov.uk files them. */
const acts: Readonly<Record<string, string>> = {
  'Anti-social Behaviour, Crime and Policing Act 2014': 'ukpga/2014/12',
  'Data (Use and Access) Act 2025': 'ukpga/2025/18',
  'Data Protection Act 2018': 'ukpga/2018/12',
  'Freedom of Information Act 2000': 'ukpga/2000/36',
  'Local Government Act 1972': 'ukpga/1972/70',
  'Local Government Act 2000': 'ukpga/2000/22',
  'Local Government and Elections (Wales) Act 2021': 'asc/2021/1',
  'Localism Act 2011': 'ukpga/2011/20',
  'Police Act 1996': 'ukpga/1996/16',
  'Police Reform Act 2002': 'ukpga/2002/30',
  'Police Reform and Social Responsibility Act 2011': 'ukpga/2011/13',
  'Procurement Act 2023': 'ukpga/2023/54',
  'Specified Information Order 2011': 'uksi/2011/3050',
  'UK GDPR': 'eur/2016/679',
  'Victims and Prisoners Act 2024': 'ukpga/2024/21',
}

/** What follows the name and leads to a part of the law: "s.100A(6)", "Sch 1 paras 9-12", "reg 5(2)", "art 12(3)". */
const provisions: readonly [pattern: RegExp, path: (number: string) => string][] = [
  [/^s\.(\d+[A-Z]*)/, number => `/section/${number}`],
  [/^regs? (\d+[A-Z]*)/, number => `/regulation/${number}`],
  [/^art (\d+[A-Z]*)/, number => `/article/${number}`],
  [/^Sch (\d+[A-Z]*)(?! paras? )/, number => `/schedule/${number}`],
  [/^Sch (\d+[A-Z]* paras? \d+[A-Z]*)/, number => `/schedule/${number.replace(/ paras? /, '/paragraph/')}`],
  [/^Schedule\b/, () => '/schedule'],
]

/**
 * The parts of a rule's source, each with the address of the law at legislation.gov.uk where the words name an Act that
 * is known here, or a statutory instrument by its year and number. What else a source names is plain text: an address
 * is never guessed.
 *
 * @param source as rules give it: "Localism Act 2011 s.30; SI 2012/1464"
 */
export function lawLinks(source: string): readonly LawLink[] {
  return source.split('; ').map(text => ({ text, href: lawAddress(text) }))
}

function lawAddress(text: string): string | null {
  const instrument = /^(?:[^()]*(?:\([^()]*\)[^()]*)*\()?SI (\d{4})\/(\d+)\)?/.exec(text)
  const name = Object.keys(acts).find(
    each => text === each || text.startsWith(`${each} `) || text.startsWith(`${each},`),
  )
  if (instrument !== null) {
    const rest = text.slice(instrument[0].length).trim()
    return `${site}/uksi/${instrument[1] ?? ''}/${instrument[2] ?? ''}${provisionPath(rest)}`
  }
  return name === undefined ? null : `${site}/${acts[name] ?? ''}${provisionPath(text.slice(name.length).trim())}`
}

function provisionPath(rest: string): string {
  for (const [pattern, path] of provisions) {
    const found = pattern.exec(rest)
    if (found !== null) return path(found[1] ?? '')
  }
  return ''
}
