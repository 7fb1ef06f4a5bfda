import { passwordLength } from './authentication-options.ts'

/** Words that most broken-into passwords are made of; a password of little else is refused. */
const commonWords = [
  'password',
  'passw0rd',
  'welcome',
  'letmein',
  'qwerty',
  'iloveyou',
  'admin',
  'administrator',
  'changeme',
  'default',
  'secret',
  'master',
  'monkey',
  'dragon',
  'football',
  'liverpool',
  'arsenal',
  'chelsea',
  'sunshine',
  'princess',
  'charlie',
  'superman',
  'batman',
  'summer',
  'winter',
  'spring',
  'autumn',
  'january',
  'february',
  'march',
  'april',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'police',
  'policing',
  'commissioner',
  'constable',
  'crime',
  'peelian',
  'peel',
  'panel',
  'council',
  'office',
  'test',
  'demo',
]

/** Rows that fingers run along. */
const runs = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv']

/** Letters of a password may be left over once common words are taken out, before it counts as a common password. */
const lettersOfOnesOwn = 5

/** Letters only, with the usual replacements undone: `P@ssw0rd` and `password` are one. */
function plainLetters(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')
    .replaceAll('$', 's')
    .replaceAll('5', 's')
    .replace(/[^\p{L}]/gu, '')
}

/** How many letters of one's own stand in a password besides words that anyone would try first. */
function ownLetters(password: string, known: readonly string[]): number {
  let rest = plainLetters(password)
  const words = [...commonWords, ...known].map(plainLetters).filter(word => word.length >= 4)
  for (const word of words.sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '')
  return rest.length
}

/** Whether a password is mostly a run of neighbouring keys or letters, either way, or one piece repeated. */
function isRun(password: string): boolean {
  const text = password.toLowerCase()
  if (new Set(text).size < 5 || /^(.{1,5})\1+$/u.test(text)) return true
  const lines = runs.flatMap(run => [run, [...run].reverse().join('')])
  let longest = 0
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 4; end <= text.length; end++) {
      if (lines.some(line => line.includes(text.slice(start, end)))) longest = Math.max(longest, end - start)
    }
  }
  return longest * 2 > text.length
}

/** What a refusal of a password is for; the page has the words. */
export type PasswordFault = 'too-short' | 'too-long' | 'about-you' | 'common'

/**
 * Whether a new password may be used, after the National Cyber Security Centre's advice: long, and not one that
 * anyone would try first; no demands for odd characters.
 *
 * @param person what is known of whose it will be: a password made of it is refused
 * @returns null if it may be used
 */
export function passwordFault(password: string, person: { email?: string; name?: string } = {}): PasswordFault | null {
  const length = [...password].length
  if (length < passwordLength.shortest) return 'too-short'
  if (length > passwordLength.longest) return 'too-long'
  const known = [...(person.email ?? '').split(/[@.]/), ...(person.name ?? '').split(/\s+/)]
  if (isRun(password)) return 'common'
  const own = ownLetters(password, [])
  // Digits and signs without letters count as one's own only when they are no run, which is seen to above.
  const hasLetters = plainLetters(password).length >= 6
  if (hasLetters && own < lettersOfOnesOwn) return 'common'
  if (hasLetters && ownLetters(password, known) < lettersOfOnesOwn) return 'about-you'
  return null
}
