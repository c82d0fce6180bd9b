import { describe, expect, test } from 'vitest'
import { parseAgentSettings } from '../../config/parseConfig.js'
import { networkState, units } from '../../testing/networkState.js'
import { intentFor, viewOf } from '../../testing/view.js'
import { decideCredit } from './decide.js'

const settings = parseAgentSettings({ credit: { minimumGrant: '100', minIntervalSeconds: 60 } }).credit
const chains = { a: { loans: 100, free: 900_000 }, b: { loans: 100, free: 900_000 } }
const refill = { kind: 'refill', from: 'a', to: 'b', amount: units(6_000) } as const
const state = networkState(chains, { 'a→b': { maxGrant: units(6_000) } })

describe('decideCredit', () => {
  test('grants what the router admits', () => {
    expect(decideCredit(viewOf(state), settings).proposals.map(({ action }) => action)).toEqual([refill])
  })

  test('waits with a grant that is not worth a message', () => {
    const small = networkState(chains, { 'a→b': { maxGrant: units(150) } })
    expect(decideCredit(viewOf(small), settings).idle).toContain('not worth a message')
  })

  test('sends one at a time, and not more often than the interval', () => {
    expect(decideCredit(viewOf(state, { open: [intentFor(refill)] }), settings).proposals).toEqual([])
    expect(decideCredit(viewOf(state, { lastActionAt: () => 999_990n }), settings).idle).toContain('10 s ago')
  })

  test('leaves a stale chain alone', () => {
    const behind = networkState(
      { ...chains, a: { ...chains.a, time: 1 } },
      { 'a→b': { maxGrant: units(6_000) } },
    )
    expect(decideCredit(viewOf(behind), settings).idle).toContain('stale')
  })
})
