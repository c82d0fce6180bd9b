import type { Model } from '../model.js'
import { gainOf, meetsMinimums } from './planValue.js'

/** The best executable flows found so far; to begin with, doing nothing. */
export interface Incumbent {
  gain: number
  flows: Float64Array
}

export function doNothing(model: Model): Incumbent {
  return { gain: 0, flows: new Float64Array(model.lanes.length) }
}

/** Keeps the flows when they are executable and better; true when they are. */
export function improve(model: Model, incumbent: Incumbent, flows: Float64Array): boolean {
  if (!meetsMinimums(model, flows)) return false
  const gain = gainOf(model, flows)
  // Equal within rounding is not better: the first found stays, for the same plan every time.
  if (gain <= incumbent.gain + 1e-12 * Math.abs(incumbent.gain)) return false
  incumbent.gain = gain
  incumbent.flows = flows
  return true
}
