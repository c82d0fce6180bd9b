import type { Model } from '../model.js'
import type { Incumbent } from './incumbent.js'

/** A model with some of the lanes of another: what is left of a search costs what is left of the network. */
export interface ReducedModel {
  readonly model: Model
  /** Index of each lane in the model it came from. */
  readonly origin: Int32Array
}

export function reduceModel(model: Model, keeps: (lane: number) => boolean): ReducedModel {
  const kept: number[] = []
  for (let e = 0; e < model.lanes.length; e++) if (keeps(e)) kept.push(e)
  return {
    model: { ...model, lanes: kept.map((e) => model.lanes[e]!) },
    origin: Int32Array.from(kept),
  }
}

/** The incumbent in the reduced model; doing nothing where it uses a lane that is gone. */
export function reduceIncumbent(reduced: ReducedModel, incumbent: Incumbent): Incumbent {
  const flows = new Float64Array(reduced.origin.length)
  let kept = 0
  for (let k = 0; k < flows.length; k++) {
    flows[k] = incumbent.flows[reduced.origin[k]!]!
    if (flows[k]! > 0) kept++
  }
  const used = incumbent.flows.reduce((count, flow) => count + (flow > 0 ? 1 : 0), 0)
  // Its gain remains what has to be beaten, even if its flows can not be told here.
  return { gain: incumbent.gain, flows: kept === used ? flows : new Float64Array(flows.length) }
}

/** Takes over a better incumbent that was found in the reduced model. */
export function adopt(reduced: ReducedModel, found: Incumbent, incumbent: Incumbent): boolean {
  if (found.gain <= incumbent.gain) return false
  const flows = new Float64Array(incumbent.flows.length)
  for (let k = 0; k < reduced.origin.length; k++) flows[reduced.origin[k]!] = found.flows[k]!
  incumbent.gain = found.gain
  incumbent.flows = flows
  return true
}
