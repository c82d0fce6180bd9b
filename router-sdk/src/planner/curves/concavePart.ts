/**
 * A concave function of idle, known by its slope. Chains are valued by sums of these. Idle is in
 * shared-decimal units, as a double; slopes are in units of the asset per unit.
 */
export interface ConcavePart {
  /** Mean slope over [from, to], 0 ≤ from < to; never rises with either. Accurate for tiny intervals too. */
  readonly meanSlope: (from: number, to: number) => number
  /** Idle at which the slope or its derivative jumps. */
  readonly kinks: readonly number[]
  /** False when the slope is constant between kinks, so that no refinement between them is needed. */
  readonly smooth: boolean
}

/** A slope that is `above` beyond `edge` and `below` up to it (above ≤ below). */
export function stepPart(edge: number, below: number, above: number): ConcavePart {
  return {
    kinks: [edge],
    smooth: false,
    meanSlope: (from, to) => {
      if (to <= edge) return below
      if (from >= edge) return above
      return (below * (edge - from) + above * (to - edge)) / (to - from)
    },
  }
}

/** `part` times a factor ≥ 0. */
export function scaledPart(part: ConcavePart, factor: number): ConcavePart {
  return {
    kinks: part.kinks,
    smooth: part.smooth,
    meanSlope: (from, to) => factor * part.meanSlope(from, to),
  }
}

export function sumOfParts(parts: readonly ConcavePart[]): ConcavePart {
  if (parts.length === 1) return parts[0]!
  return {
    kinks: parts.flatMap((part) => part.kinks),
    smooth: parts.some((part) => part.smooth),
    meanSlope: (from, to) => {
      let sum = 0
      for (const part of parts) sum += part.meanSlope(from, to)
      return sum
    },
  }
}
