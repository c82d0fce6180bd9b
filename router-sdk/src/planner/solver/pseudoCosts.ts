/**
 * What closing a lane has lowered the bound by, per unit that it carried (Bénichou et al. 1971). What opening
 * lowers it by at most is known: the part of the fixed cost that is not in the bound yet.
 */
export interface PseudoCosts {
  /** Expected fall of the bound from closing a lane that carries `flow`. */
  readonly closing: (lane: number, flow: number) => number
  readonly learn: (lane: number, flow: number, fall: number) => void
}

export function createPseudoCosts(lanes: number): PseudoCosts {
  const sum = new Float64Array(lanes)
  const count = new Float64Array(lanes)
  let allSums = 0
  let allCounts = 0
  return {
    closing: (lane, flow) => {
      const mean = allCounts === 0 ? 1 : allSums / allCounts
      // One observation's worth of the mean of all lanes, so that the first few do not decide.
      return (flow * (sum[lane]! + mean)) / (count[lane]! + 1)
    },
    learn: (lane, flow, fall) => {
      const each = fall / flow
      sum[lane]! += each
      count[lane]! += 1
      allSums += each
      allCounts += 1
    },
  }
}
