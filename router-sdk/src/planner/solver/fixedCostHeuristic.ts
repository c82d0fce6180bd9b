import type { Model } from '../model.js'
import { priceUnit } from '../priceUnit.js'
import { createEquilibrium, type Equilibrium, laneFlows, settle } from './equilibrium.js'
import { type Incumbent, improve } from './incumbent.js'
import { choose, closed, fixedShare, free, needsChoice, open, respectsChoices } from './laneChoice.js'
import { meetsMinimums } from './planValue.js'
import { adopt, reduceModel } from './reducedModel.js'

const scalingRounds = 8

/**
 * Dynamic slope scaling (Kim and Pardalos 1999): the fixed cost is spread over the flow of the round before
 * instead of the capacity, so that lanes which carry much become cheap and the others stay dear. Each round's
 * lanes are then settled among themselves.
 */
export function scaleSlopes(equilibrium: Equilibrium, incumbent: Incumbent): void {
  const { model } = equilibrium
  const { lanes } = model
  const share = Float64Array.from(lanes, fixedShare)
  let seen = ''
  for (let round = 0; round < scalingRounds; round++) {
    const flows = laneFlows(equilibrium)
    improve(model, incumbent, flows)
    const used: number[] = []
    let changed = false
    for (let e = 0; e < lanes.length; e++) {
      if (flows[e] === 0) continue
      used.push(e)
      if (!needsChoice(lanes[e]!)) continue
      const next = Math.min(2 ** 41, Math.floor((lanes[e]!.fixed / flows[e]!) * priceUnit))
      if (next !== share[e]) changed = true
      share[e] = next
    }
    if (seen !== used.join()) settleAmong(model, incumbent, used)
    seen = used.join()
    if (!changed) return
    for (let e = 0; e < lanes.length; e++) {
      if (needsChoice(lanes[e]!)) choose(equilibrium, e, free, share[e])
    }
    settle(equilibrium)
  }
}

/** Settles a few lanes in a network of their own, and drops those that do not pay. */
function settleAmong(model: Model, incumbent: Incumbent, used: readonly number[]): void {
  const keep = new Set(used)
  const reduced = reduceModel(model, (e) => keep.has(e))
  const found = { gain: 0, flows: new Float64Array(used.length) }
  const small = createEquilibrium(reduced.model)
  tryLanes(small, found, new Uint8Array(used.length).fill(1))
  searchOpenLanes(small, found, 2 * used.length)
  adopt(reduced, found, incumbent)
}

/** Single lanes are dropped from and added to the set in use as long as that pays, within a budget of trials. */
export function searchOpenLanes(equilibrium: Equilibrium, incumbent: Incumbent, budget: number): void {
  let left = budget
  for (let improved = true; improved && left > 0; ) {
    improved = false
    for (const lane of lanesToTry(equilibrium, incumbent)) {
      if (left-- <= 0) return
      const used = new Uint8Array(incumbent.flows.length)
      for (let e = 0; e < used.length; e++) used[e] = incumbent.flows[e]! > 0 ? 1 : 0
      used[lane] = 1 - used[lane]!
      if (tryLanes(equilibrium, incumbent, used)) {
        improved = true
        break
      }
    }
  }
}

/** The best flows when only the lanes in `used` may be; those that end below their minimum are forced to it. */
function tryLanes(equilibrium: Equilibrium, incumbent: Incumbent, used: Uint8Array): boolean {
  const { model } = equilibrium
  const { lanes } = model
  let better = false
  const choices = new Int8Array(lanes.length).fill(open)
  for (let e = 0; e < lanes.length; e++) if (needsChoice(lanes[e]!) && used[e] === 0) choices[e] = closed
  // First without, then with the minimums: forcing them is only needed when they are missed.
  for (const forcing of [false, true]) {
    for (let e = 0; e < lanes.length; e++) {
      const choice = choices[e] === closed ? closed : forcing ? open : free
      if (needsChoice(lanes[e]!)) choose(equilibrium, e, choice, 0)
    }
    settle(equilibrium)
    const flows = laneFlows(equilibrium)
    if (!forcing || respectsChoices(equilibrium, choices)) better = improve(model, incumbent, flows) || better
    if (meetsMinimums(model, flows)) break
  }
  return better
}

/** Lanes in use, smallest flow first, then those that look most promising at the present prices. */
function lanesToTry({ model, network }: Equilibrium, incumbent: Incumbent): number[] {
  const { lanes } = model
  const rank = new Float64Array(lanes.length)
  const drop: number[] = []
  const add: number[] = []
  for (let e = 0; e < lanes.length; e++) {
    const lane = lanes[e]!
    if (!needsChoice(lane)) continue
    const flow = incumbent.flows[e]!
    if (flow > 0) {
      rank[e] = flow
      drop.push(e)
      continue
    }
    const net = network.price[lane.to]! - network.price[model.chains.length + lane.from]! - lane.price
    rank[e] = lane.fixed - (net * lane.capacity) / priceUnit
    if (rank[e]! < 0) add.push(e)
  }
  const byRank = (a: number, b: number) => rank[a]! - rank[b]! || a - b
  return [...drop.sort(byRank), ...add.sort(byRank)]
}
