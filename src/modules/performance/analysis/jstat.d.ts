/** What is used of jStat 1.9.6, which carries no types of its own. */
declare module 'jstat' {
  interface Statistics {
    /** Regularised lower incomplete gamma function P(a, x). */
    lowRegGamma: (a: number, x: number) => number
    chisquare: { inv: (probability: number, degreesOfFreedom: number) => number }
    binomial: { cdf: (successes: number, trials: number, probability: number) => number }
    normal: { inv: (probability: number, mean: number, deviation: number) => number }
  }
  const statistics: Statistics
  export default statistics
}
