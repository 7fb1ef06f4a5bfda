/** A limb of article 2(2) of the Specified Information Order 2011, on which publication is refused. */
export const limbs = ['a', 'b', 'c', 'd'] as const
export type Limb = (typeof limbs)[number]
