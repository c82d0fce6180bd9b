/** One thing that is wrong with a plan. `where` names the lane, the chain or the field. */
export interface PlanViolation {
  readonly code:
    | 'unknown-lane'
    | 'repeated-lane'
    | 'missing-lane'
    | 'empty-transfer'
    | 'capacity'
    | 'minimum'
    | 'too-slow'
    | 'overdraft'
    | 'floor'
    | 'ceiling'
    | 'outcome'
    | 'cost'
    | 'marginal-gain'
    | 'gain'
    | 'negative-gain'
    | 'upper-bound'
    | 'certificate'
    | 'optimality'
    | 'no-trade-reason'
  readonly where: string
  readonly message: string
}

/** Adds a violation to a list. */
export type Report = (code: PlanViolation['code'], where: string, message: string) => void
