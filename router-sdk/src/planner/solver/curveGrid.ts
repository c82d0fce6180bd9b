import type { ModelChain } from '../model.js'
import { toPrice } from '../priceUnit.js'

/** Each point of a grid is this many times further from the middle than the one before it. */
const ratio = 4

/** Solver price of the mean worth of a grain between positions `from` and `to` of a chain. */
export function slopeOf(chain: ModelChain, grain: number, from: number, to: number): number {
  return toPrice(chain.value.meanSlope(chain.base + from * grain, chain.base + to * grain))
}

/** Room that `curveGrid` may need, with the overflow segment. */
export function mostSegments(chain: ModelChain): number {
  const kinks = chain.value.kinks.length + 3
  if (!chain.value.smooth) return kinks
  return kinks + 4 + 2 * Math.ceil(Math.log(chain.most + 2) / Math.log(ratio))
}

/**
 * Breakpoints for a chain's curve: its own kinks, `middle`, and for a smooth curve middle ± step·4ᵏ over the
 * whole range. The middle is resolved to `step` and nothing is out of reach, so that refinement around an
 * incumbent can not cycle as with a window of fixed width.
 */
export function curveGrid(
  chain: ModelChain,
  grain: number,
  middle: number,
  step: number,
): { edges: number[]; slopes: number[] } {
  const points = [0, chain.most, middle]
  for (const kink of chain.value.kinks) points.push(Math.round((kink - chain.base) / grain))
  if (chain.value.smooth) {
    for (let reach = step; reach < chain.most; reach *= ratio) points.push(middle - reach, middle + reach)
  }
  points.sort((a, b) => a - b)

  const edges: number[] = []
  for (const point of points) {
    if (point >= 0 && point <= chain.most && point !== edges.at(-1)) edges.push(point)
  }
  const slopes: number[] = []
  let last = Number.POSITIVE_INFINITY
  for (let k = 1; k < edges.length; k++) {
    // Rounding must not make the curve convex anywhere.
    last = Math.min(last, slopeOf(chain, grain, edges[k - 1]!, edges[k]!))
    slopes.push(last)
  }
  return { edges, slopes }
}
