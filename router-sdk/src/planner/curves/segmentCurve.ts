import type { ConcavePart } from './concavePart.js'

/** Supply rate as steps over idle, from idle 0 upwards; 0 beyond the last. */
export interface SegmentCurve {
  readonly kind: 'segments'
  /** `width` in shared-decimal units, `rate` per year; rates must not rise. */
  readonly segments: readonly { readonly width: bigint; readonly rate: number }[]
}

export function segmentSupplyRate(curve: SegmentCurve): ConcavePart {
  const edges: number[] = []
  let edge = 0
  for (const { width } of curve.segments) {
    edge += Number(width)
    edges.push(edge)
  }
  const rates = curve.segments.map((segment) => segment.rate)
  return {
    kinks: edges,
    smooth: false,
    meanSlope: (from, to) => {
      let low = 0
      let high = edges.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (edges[middle]! <= from) low = middle + 1
        else high = middle
      }
      // Inside one step the rate itself, not a quotient: equal steps must stay exactly equal.
      if (low === edges.length) return 0
      if (to <= edges[low]!) return rates[low]!
      let sum = 0
      let position = from
      for (let k = low; k < edges.length && position < to; k++) {
        const end = Math.min(to, edges[k]!)
        sum += rates[k]! * (end - position)
        position = end
      }
      return sum / (to - from)
    },
  }
}
