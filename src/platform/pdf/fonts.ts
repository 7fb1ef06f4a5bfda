import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The typefaces that packs are set in, the first that has a sign first: Latin, Greek and Cyrillic; Arabic; Hebrew; signs. */
export const fontFamilies = ['Source Sans 3', 'Noto Sans Arabic', 'Noto Sans Hebrew', 'Noto Emoji'] as const

/** Files of the packages they come in. */
const files: readonly string[] = [
  'source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  'source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf',
  'source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  'source-sans-3/600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf',
  'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  'noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
]

/** The bytes of every typeface, read from the packages: none of the machine's own is used. */
export function readFonts(): Promise<Buffer[]> {
  return Promise.all(files.map(file => readFile(require.resolve(`@expo-google-fonts/${file}`))))
}
