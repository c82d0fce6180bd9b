import { laneKey } from '../input.js'
import { compareText } from '../model.js'
import { outputOf, type RouteLane } from './routeLane.js'

/** A way around that returns more than it takes. */
export interface Cycle {
  readonly lanes: readonly RouteLane[]
  /** What to send around for the most profit, and that profit net of fixed costs; shared-decimal units. */
  readonly amount: bigint
  readonly profit: bigint
}

/**
 * Cycles of lanes, each chain visited once, that pay rewards to go around: more comes back than was sent, net of fixed
 * costs. There must be none among lanes whose rewards are funded by others' fees. Of cycles with at most
 * `longest` lanes all are found.
 *
 * @example
 * ```ts
 * import { findCycles } from '@isobar/router-sdk/planner'
 *
 * const lane = { capacity: 1_000_000000n, fixedCost: 0n }
 * const back = { ...lane, from: 'base', to: 'arbitrum', fee: [{ upTo: 1_000_000000n, ppm: -200 }] }
 * console.log(findCycles([{ ...lane, from: 'arbitrum', to: 'base' }, back]).length) // 1
 * ```
 */
export function findCycles(lanes: readonly RouteLane[], longest = 4): Cycle[] {
  const sorted = lanes
    .filter((lane) => lane.capacity > 0n)
    .map((lane) => ({ lane, key: laneKey(lane) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ lane }) => lane)
  const leaving = new Map<string, RouteLane[]>()
  for (const lane of sorted) {
    const others = leaving.get(lane.from)
    if (others === undefined) leaving.set(lane.from, [lane])
    else others.push(lane)
  }
  // The best that one lane anywhere adds: what a started cycle can at most still make good.
  const best = Math.max(0, ...sorted.map(firstRate))
  const cycles: Cycle[] = []
  const extend = (start: string, walk: readonly RouteLane[], gain: number): void => {
    for (const lane of leaving.get(walk.at(-1)?.to ?? start) ?? []) {
      const reached = gain + firstRate(lane)
      if (lane.to === start && reached > 0) {
        const cycle = mostProfit([...walk, lane])
        if (cycle.profit > 0n) cycles.push(cycle)
      }
      // Every cycle is told once, from its chain that is first by name.
      if (compareText(lane.to, start) <= 0 || walk.some(({ to }) => to === lane.to)) continue
      const left = longest - walk.length - 1
      if (left > 0 && reached + left * best > 0) extend(start, [...walk, lane], reached)
    }
  }
  for (const start of [...leaving.keys()].sort(compareText)) extend(start, [], 0)
  return cycles.sort((a, b) => (a.profit === b.profit ? 0 : a.profit > b.profit ? -1 : 1))
}

/** Logarithm of what the first unit becomes. */
function firstRate(lane: RouteLane): number {
  return Math.log1p(-(lane.fee?.[0]?.ppm ?? 0) / 1e6)
}

/** The amount that profits most: profit is piecewise linear, so it is at an edge of some lane. */
function mostProfit(lanes: readonly RouteLane[]): Cycle {
  const around = (amount: bigint): bigint | undefined => {
    let left = amount
    for (const lane of lanes) {
      if (left > lane.capacity || left < (lane.minimum ?? 0n)) return undefined
      left = outputOf(lane, left)
    }
    return left
  }
  const fixed = lanes.reduce((sum, lane) => sum + lane.fixedCost, 0n)
  const candidates = new Set<bigint>()
  for (const [index, lane] of lanes.entries()) {
    const edges = [lane.capacity, lane.minimum ?? 0n, ...(lane.fee ?? []).map(({ upTo }) => upTo)]
    for (const edge of edges) candidates.add(inputReaching(lanes.slice(0, index), edge, lanes[0]!.capacity))
  }
  let amount = 0n
  let profit = 0n
  for (const candidate of candidates) {
    const back = around(candidate)
    if (back === undefined || back - candidate - fixed <= profit) continue
    amount = candidate
    profit = back - candidate - fixed
  }
  return { lanes, amount, profit }
}

/** The largest amount of which at most `edge` is left after the lanes. */
function inputReaching(lanes: readonly RouteLane[], edge: bigint, most: bigint): bigint {
  let low = 0n
  let high = most
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (lanes.reduce((left, lane) => outputOf(lane, left), middle) <= edge) low = middle
    else high = middle - 1n
  }
  return low
}
