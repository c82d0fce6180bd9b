import { priceUnit } from '../priceUnit.js'
import { type Equilibrium, laneFlows, settle, slackOf } from './equilibrium.js'
import { type Incumbent, improve } from './incumbent.js'
import { choose, free, type LaneChoice, open, respectsChoices } from './laneChoice.js'
import { positionsAfter, worth } from './planValue.js'
import type { PseudoCosts } from './pseudoCosts.js'
import { decide, type Region } from './region.js'

/** A region with the bound on every plan in it that its relaxation proves, and the lane to decide next. */
export interface Relaxation {
  readonly region: Region
  readonly bound: number
  /** −1 when the relaxation is executable as it is. */
  readonly branch: number
  /** What the lane carries in the relaxation. */
  readonly flow: number
  /** Bound of the region's own relaxation over the incumbent when it was solved. */
  readonly gap: number
}

/** Solves the relaxation of a region and decides what its prices decide; undefined when nothing in it is executable. */
export function relax(
  equilibrium: Equilibrium,
  incumbent: Incumbent,
  region: Region,
  parentBound: number,
  pseudoCosts: PseudoCosts,
): Relaxation | undefined {
  const { model } = equilibrium
  const { lanes } = model
  const { choices, share } = region
  for (let e = 0; e < lanes.length; e++) choose(equilibrium, e, choices[e] as LaneChoice, share[e])
  settle(equilibrium)
  if (!respectsChoices(equilibrium, choices)) return undefined

  const flows = laneFlows(equilibrium)
  const value = worth(model, positionsAfter(model, flows))
  let relaxed = 0
  let fixed = 0
  let proportional = 0
  let branch = -1
  let widest = 0
  for (let e = 0; e < lanes.length; e++) {
    const flow = flows[e]!
    const lane = lanes[e]!
    if (choices[e] === open) relaxed += lane.fixed
    if (flow === 0) continue
    proportional += (lane.price * flow) / priceUnit
    fixed += lane.fixed
    if (choices[e] !== free) continue
    const spread = (share[e]! * flow) / priceUnit
    relaxed += spread
    // What the bound does not pay yet; a missed minimum counts as worth deciding even if nothing is unpaid.
    const unpaid = lane.fixed - spread + (flow < lane.minimum ? 1 + lane.fixed : 0)
    if (unpaid <= 1e-12 * lane.fixed + 1e-9) continue
    const score = unpaid * pseudoCosts.closing(e, flow)
    if (score > widest * (1 + 1e-12)) {
      widest = score
      branch = e
    }
  }
  const gain = value - proportional - fixed
  if (gain > incumbent.gain - 1e-6 * Math.abs(incumbent.gain) - 1) improve(model, incumbent, flows)
  const relaxation = value - proportional - relaxed + slackOf(equilibrium)
  const gap = relaxation - incumbent.gain
  if (gap > 0 && branch >= 0) decide(equilibrium, region, gap)
  return {
    region,
    bound: Math.min(parentBound, relaxation),
    branch,
    flow: branch < 0 ? 0 : flows[branch]!,
    gap,
  }
}
