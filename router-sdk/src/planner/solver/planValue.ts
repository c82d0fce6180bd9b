import type { Model } from '../model.js'

/** Positions that the given flows lead to. */
export function positionsAfter(model: Model, flows: ArrayLike<number>): Float64Array {
  const positions = Float64Array.from(model.chains, (chain) => chain.cash)
  for (const [e, lane] of model.lanes.entries()) {
    positions[lane.from]! -= flows[e]!
    positions[lane.to]! += flows[e]!
  }
  return positions
}

/** Worth of the chains at `positions` over where they started, in grains. */
export function worth(model: Model, positions: ArrayLike<number>): number {
  let sum = 0
  for (const [i, chain] of model.chains.entries()) {
    const move = positions[i]! - chain.cash
    if (move === 0) continue
    const start = chain.base + chain.cash * model.grain
    const end = chain.base + positions[i]! * model.grain
    sum += move * chain.value.meanSlope(Math.min(start, end), Math.max(start, end))
  }
  return sum
}

/** Worth of the flows net of proportional and fixed costs, in grains. */
export function gainOf(model: Model, flows: ArrayLike<number>): number {
  let cost = 0
  for (const [e, lane] of model.lanes.entries()) {
    const flow = flows[e]!
    if (flow > 0) cost += lane.cost * flow + lane.fixed
  }
  return worth(model, positionsAfter(model, flows)) - cost
}

/** Whether every lane that is used carries at least its minimum. */
export function meetsMinimums(model: Model, flows: ArrayLike<number>): boolean {
  return model.lanes.every((lane, e) => flows[e] === 0 || flows[e]! >= lane.minimum)
}
