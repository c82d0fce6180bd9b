import type { Model } from '../model.js'

/** Positions that the given flows lead to. */
export function positionsAfter(model: Model, flows: ArrayLike<number>): Float64Array {
  const { chains, lanes } = model
  const positions = new Float64Array(chains.length)
  for (let i = 0; i < chains.length; i++) positions[i] = chains[i]!.cash
  for (let e = 0; e < lanes.length; e++) {
    const flow = flows[e]!
    if (flow === 0) continue
    positions[lanes[e]!.from]! -= flow
    positions[lanes[e]!.to]! += flow
  }
  return positions
}

/** Worth of the chains at `positions` over where they started, in grains. */
export function worth(model: Model, positions: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < model.chains.length; i++) {
    const chain = model.chains[i]!
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
  for (let e = 0; e < model.lanes.length; e++) {
    const flow = flows[e]!
    if (flow > 0) cost += model.lanes[e]!.cost * flow + model.lanes[e]!.fixed
  }
  return worth(model, positionsAfter(model, flows)) - cost
}

/** Whether every lane that is used carries at least its minimum. */
export function meetsMinimums(model: Model, flows: ArrayLike<number>): boolean {
  for (let e = 0; e < model.lanes.length; e++) {
    if (flows[e]! > 0 && flows[e]! < model.lanes[e]!.minimum) return false
  }
  return true
}
