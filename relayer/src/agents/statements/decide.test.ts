import { describe, expect, test } from 'vitest'
import { parseAgentSettings } from '../../config/parseConfig.js'
import { networkState } from '../../testing/networkState.js'
import { intentFor, viewOf } from '../../testing/view.js'
import { decideStatements } from './decide.js'

const { statements, rebalancer } = parseAgentSettings({
  rebalancer: { horizonDays: 30, costs: { proportional: 0.00001, fixed: '1' } },
  statements: { cost: '1', minIntervalSeconds: 60 },
})
const wide = { busy: { loans: 900_000, free: 100_000 }, idle: { loans: 100_000, free: 900_000 } }
const stale = { 'idle→busy': { rebalanceLimit: 'stale-statement' } } as const
const sync = { kind: 'sync', from: 'busy', to: 'idle' } as const

describe('decideStatements', () => {
  test('asks the far end for a statement where a move waits for one', () => {
    const { proposals } = decideStatements(viewOf(networkState(wide, stale)), statements, rebalancer)
    expect(proposals.map(({ action }) => action)).toEqual([sync])
  })

  test.each(['no-statement', 'recent-move'] as const)('also when the limit is %s', (rebalanceLimit) => {
    const state = networkState(wide, { 'idle→busy': { rebalanceLimit } })
    expect(decideStatements(viewOf(state), statements, rebalancer).proposals).toHaveLength(1)
  })

  test('waits until a statement can be newer than the last move', () => {
    const state = networkState(wide, {
      'idle→busy': { rebalanceLimit: 'recent-move', lastMoveAt: 1_000_000n },
    })
    expect(decideStatements(viewOf(state), statements, rebalancer).proposals).toEqual([])
  })

  test('asks for none where no move would follow', () => {
    const even = { busy: { loans: 500_000, free: 500_000 }, idle: { loans: 490_000, free: 500_000 } }
    const { proposals } = decideStatements(viewOf(networkState(even, stale)), statements, rebalancer)
    expect(proposals).toEqual([])
  })

  test('asks for none that costs more than the move would gain', () => {
    const dear = {
      ...statements,
      cost: parseAgentSettings({ statements: { cost: '1000000' } }).statements.cost,
    }
    expect(decideStatements(viewOf(networkState(wide, stale)), dear, rebalancer).proposals).toEqual([])
  })

  test('sends one at a time, and not more often than the interval', () => {
    const state = networkState(wide, stale)
    const busy = decideStatements(viewOf(state, { open: [intentFor(sync)] }), statements, rebalancer)
    expect(busy).toMatchObject({ proposals: [], idle: expect.stringContaining('on its way') })
    const early = decideStatements(viewOf(state, { lastActionAt: () => 999_970n }), statements, rebalancer)
    expect(early).toMatchObject({ proposals: [], idle: expect.stringContaining('30 s ago') })
  })
})
