import { priceUnit } from '../priceUnit.js'
import { type Equilibrium, laneFlows, settle } from './equilibrium.js'
import { type Incumbent, improve } from './incumbent.js'
import { choose, closed, fixedShare, free, needsChoice, open, respectsChoices } from './laneChoice.js'

const scalingRounds = 12

/**
 * Good flows quickly. First dynamic slope scaling (Kim and Pardalos 1999): the fixed cost is spread over the
 * flow of the round before instead of the capacity, so that lanes which carry much become cheap and the others stay
 * dear. Then single lanes are dropped from and added to the set in use as long as that pays.
 */
export function searchOpenLanes(equilibrium: Equilibrium, incumbent: Incumbent, budget: number): void {
  scaleSlopes(equilibrium, incumbent)
  let left = budget
  for (let improved = true; improved && left > 0; ) {
    improved = false
    for (const lane of lanesToTry(equilibrium, incumbent)) {
      if (left-- <= 0) return
      const used = Uint8Array.from(incumbent.flows, (flow) => (flow > 0 ? 1 : 0))
      used[lane] = used[lane] === 1 ? 0 : 1
      if (improveWith(equilibrium, incumbent, used)) {
        improved = true
        break
      }
    }
  }
}

function scaleSlopes(equilibrium: Equilibrium, incumbent: Incumbent): void {
  const { model } = equilibrium
  const share = Float64Array.from(model.lanes, fixedShare)
  for (let round = 0; round < scalingRounds; round++) {
    for (const [e, lane] of model.lanes.entries())
      if (needsChoice(lane)) choose(equilibrium, e, free, share[e])
    settle(equilibrium)
    const flows = laneFlows(equilibrium)
    improve(model, incumbent, flows)
    improveWith(
      equilibrium,
      incumbent,
      Uint8Array.from(flows, (flow) => (flow > 0 ? 1 : 0)),
    )
    let changed = false
    for (const [e, lane] of model.lanes.entries()) {
      if (flows[e] === 0 || !needsChoice(lane)) continue
      const next = Math.min(2 ** 41, Math.floor((lane.fixed / flows[e]!) * priceUnit))
      if (next !== share[e]) changed = true
      share[e] = next
    }
    if (!changed) return
  }
}

/** The best flows when only the lanes in `used` may be; those that end below their minimum are forced to it. */
function improveWith(equilibrium: Equilibrium, incumbent: Incumbent, used: Uint8Array): boolean {
  const { model } = equilibrium
  let better = false
  const choices = Int8Array.from(model.lanes, (lane, e) =>
    needsChoice(lane) && used[e] === 0 ? closed : open,
  )
  // First without, then with the minimums: forcing them is only needed when they are missed.
  for (const forcing of [false, true]) {
    for (const [e, lane] of model.lanes.entries()) {
      const choice = choices[e] === closed ? closed : forcing ? open : free
      if (needsChoice(lane)) choose(equilibrium, e, choice, 0)
    }
    settle(equilibrium)
    const flows = laneFlows(equilibrium)
    if (!forcing || respectsChoices(equilibrium, choices)) better = improve(model, incumbent, flows) || better
    if (model.lanes.every((lane, e) => flows[e] === 0 || flows[e]! >= lane.minimum)) break
  }
  return better
}

/** Lanes in use, smallest flow first, then those that look most promising at the present prices. */
function lanesToTry({ model, network }: Equilibrium, incumbent: Incumbent): number[] {
  const drop: { e: number; rank: number }[] = []
  const add: { e: number; rank: number }[] = []
  for (const [e, lane] of model.lanes.entries()) {
    if (!needsChoice(lane)) continue
    const flow = incumbent.flows[e]!
    if (flow > 0) drop.push({ e, rank: flow })
    else {
      const net = network.price[lane.to]! - network.price[model.chains.length + lane.from]! - lane.price
      const promise = (net * lane.capacity) / priceUnit - lane.fixed
      if (promise > 0) add.push({ e, rank: -promise })
    }
  }
  const byRank = (a: { e: number; rank: number }, b: { e: number; rank: number }) =>
    a.rank - b.rank || a.e - b.e
  return [...drop.sort(byRank), ...add.sort(byRank)].map((candidate) => candidate.e)
}
