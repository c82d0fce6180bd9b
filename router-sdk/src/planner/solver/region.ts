import type { Model } from '../model.js'
import { priceUnit } from '../priceUnit.js'
import type { Equilibrium } from './equilibrium.js'
import { closed, fixedShare, free, type LaneChoice, open } from './laneChoice.js'

/** Where better plans than the incumbent can still be: the choices made and the most that each lane can carry. */
export interface Region {
  readonly choices: Int8Array
  readonly most: Float64Array
  /** Share of the fixed cost that a unit bears on an undecided lane, in solver prices: K over `most`. */
  readonly share: Float64Array
}

export function wholeRegion(model: Model, choices: Int8Array): Region {
  return {
    choices,
    most: Float64Array.from(model.lanes, (lane) => lane.capacity),
    share: Float64Array.from(model.lanes, fixedShare),
  }
}

/** The part of a region in which a lane is open, or closed. */
export function withChoice(region: Region, lane: number, choice: LaneChoice): Region {
  const choices = region.choices.slice()
  choices[lane] = choice
  return { ...region, choices }
}

/**
 * Decides lanes at the prices of a solved relaxation. Its Lagrangian is a sum over curves and lanes, so a plan
 * that loses `gap` (bound − incumbent, in grains) or more on a single lane is no better than the incumbent:
 * reduced-cost fixing (Crowder, Johnson, Padberg 1983).
 */
export function decide(equilibrium: Equilibrium, region: Region, gap: number): boolean {
  const { model, network } = equilibrium
  const { lanes } = model
  const { choices, most, share } = region
  const { price } = network
  const count = model.chains.length
  let changed = false
  for (let e = 0; e < lanes.length; e++) {
    if (choices[e] !== free) continue
    const lane = lanes[e]!
    const net = price[lane.to]! - price[count + lane.from]! - lane.price
    const relaxed = net > share[e]! ? ((net - share[e]!) * lane.limit) / priceUnit : 0
    const used = (net * (net > 0 ? most[e]! : Math.max(1, lane.minimum))) / priceUnit - lane.fixed
    if (most[e]! < Math.max(1, lane.minimum) || used - relaxed + gap <= 0) {
      choices[e] = closed
      changed = true
    } else if (gap <= relaxed && lane.minimum <= 1) {
      choices[e] = open
      changed = true
    }
  }
  return changed
}
