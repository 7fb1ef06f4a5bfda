import type { StateModel } from '../../../platform/web/patterns.ts'
import { colourWords, ruleInWords } from './rules.ts'
import type { ColourResult, ColourRule } from './rules.ts'

/** A colour as a tag: its symbol and its word, and the colour besides. */
export function colourTag({ colour, override }: ColourResult): StateModel {
  const { word, symbol, tag } = colourWords[colour]
  return { word: `${symbol} ${word}${override === null ? '' : ', chosen'}`, colour: tag }
}

/** A colour with everything a reader may ask of it. */
export interface ColourModel {
  tag: StateModel
  /** Why it is that colour, with this item's own numbers. */
  why: readonly string[]
  rule: readonly string[]
  override: { why: string; by: string; on: Temporal.PlainDate; byRule: string } | null
}

export function colourModel({ result, rule }: { result: ColourResult; rule: ColourRule }): ColourModel {
  const { override } = result
  return {
    tag: colourTag(result),
    why: result.why,
    rule: ruleInWords(rule),
    override:
      override === null
        ? null
        : { why: override.why, by: override.by, on: override.on, byRule: colourWords[result.byRule].word },
  }
}
