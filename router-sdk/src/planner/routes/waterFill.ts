import type { RoutePath } from './routePath.js'

/**
 * Splits an amount over paths so that most arrives: each takes its minimum, then the best piece of any is
 * filled next. With concave outputs this is optimal, all paths ending at one price (water-filling; Boyd and Vandenberghe,
 * Convex Optimization, example 5.2). Undefined when the amount is below the minimums or above the capacities.
 */
export function waterFill(paths: readonly RoutePath[], amount: bigint): bigint[] | undefined {
  const shares = paths.map((path) => path.minimum)
  let left = shares.reduce((sum, share) => sum - share, amount)
  if (left < 0n) return undefined
  const pieces = paths
    .flatMap((path, index) => path.pieces.map((piece) => ({ ...piece, index })))
    .sort((a, b) => b.rate - a.rate || a.index - b.index || (a.start < b.start ? -1 : 1))
  if (left === 0n) return shares
  for (const { index, end } of pieces) {
    // Pieces of a path come in order: what is above its share so far belongs to this one.
    const room = end - shares[index]!
    if (room <= 0n) continue
    if (room >= left) {
      shares[index]! += left
      return shares
    }
    shares[index] = end
    left -= room
  }
  return undefined
}

/** What would arrive if nothing were rounded: no split of the amount over these paths delivers more. */
export function fillOutput(paths: readonly RoutePath[], shares: readonly bigint[]): number {
  let sum = 0
  for (const [index, { pieces }] of paths.entries()) {
    for (const { start, end, rate } of pieces) {
      const share = shares[index]!
      if (share <= start) continue
      sum += rate * Number(share - start)
      if (share > end) sum -= rate * Number(share - end)
    }
  }
  return sum
}
