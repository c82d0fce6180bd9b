import type { AuditSubject, AuditUnit, Invariant, Notice, Violation } from './auditReport.js'

/** Collects what an audit finds. */
export interface Findings {
  readonly violations: Violation[]
  readonly notices: Notice[]
  /** Notes a violation when the two differ. `explanation` is asked only then. */
  equal(check: Check, explanation: (difference: bigint) => string): void
  /** Notes a violation when `actual` is below `expected`. */
  atLeast(check: Check, explanation: (difference: bigint) => string): void
  /** Notes a violation when `actual` is above `expected`. */
  atMost(check: Check, explanation: (difference: bigint) => string): void
  notice(notice: Notice): void
}

export interface Check {
  readonly invariant: Invariant
  readonly subject: AuditSubject
  readonly expected: bigint
  readonly actual: bigint
  readonly unit?: AuditUnit
}

export function createFindings(): Findings {
  const violations: Violation[] = []
  const notices: Notice[] = []
  const noteIf =
    (wrong: (difference: bigint) => boolean): Findings['equal'] =>
    (check, explanation) => {
      const difference = check.actual - check.expected
      if (!wrong(difference)) return
      violations.push({
        unit: 'shared decimals',
        ...check,
        difference,
        explanation: explanation(difference),
      })
    }
  return {
    violations,
    notices,
    equal: noteIf((difference) => difference !== 0n),
    atLeast: noteIf((difference) => difference < 0n),
    atMost: noteIf((difference) => difference > 0n),
    notice: (notice) => void notices.push(notice),
  }
}
