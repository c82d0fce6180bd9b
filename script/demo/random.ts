/** A seeded source of numbers; the same seed gives the same numbers everywhere. */
export type Random = {
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number, at least `from`, below `to`. */
  readonly between: (from: number, to: number) => number
  readonly pick: <item>(items: readonly item[]) => item
}

/** Mulberry32: 32 bits of state, enough for a scenario, not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from))
  return {
    next,
    between,
    pick: (items) => {
      const picked = items[between(0, items.length)]
      if (picked === undefined) throw new RangeError('there is nothing to pick from')
      return picked
    },
  }
}
