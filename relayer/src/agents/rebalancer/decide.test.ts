import { valueInFlight } from '@isobar/router-sdk'
import { describe, expect, test } from 'vitest'
import { parseAgentSettings } from '../../config/parseConfig.js'
import { networkState, units } from '../../testing/networkState.js'
import { intentFor, viewOf } from '../../testing/view.js'
import { decideRebalance } from './decide.js'
import { liquidity } from './liquidity.js'

const settings = parseAgentSettings({
  rebalancer: { horizonDays: 30, costs: { proportional: 0.00001, fixed: '1' } },
}).rebalancer
const wide = { busy: { loans: 900_000, free: 100_000 }, idle: { loans: 100_000, free: 900_000 } }
const open = { maxRebalance: units(400_000), rebalanceLimit: 'gap', moveNumber: 7n } as const
const move = { kind: 'rebalance', from: 'idle', to: 'busy', amount: units(400_000), moveNumber: 7n } as const

describe('decideRebalance', () => {
  test('moves value to the busier chain, within what the router admits, with the move number it saw', () => {
    const decision = decideRebalance(viewOf(networkState(wide, { 'idle→busy': open })), settings)
    expect(decision.proposals.map(({ action }) => action)).toEqual([move])
    expect(decision.plan?.lines.join()).toContain('the lane admits no more')
  })

  test('plans nothing where the router admits nothing, and says why', () => {
    const { proposals, idle } = decideRebalance(
      viewOf(networkState(wide, { 'idle→busy': { rebalanceLimit: 'stale-statement' } })),
      settings,
    )
    expect(proposals).toEqual([])
    expect(idle).toContain('stale-statement')
  })

  test('counts value in flight as arrived: a gap that is being closed is not closed again', () => {
    const lanes = {
      'idle→busy': { ...open, counters: { railOut: units(800_000) }, inFlight: units(800_000) },
    }
    const state = networkState({ busy: wide.busy, idle: { loans: 100_000, free: 100_000 } }, lanes)
    expect(decideRebalance(viewOf(state), settings).proposals).toEqual([])
  })

  test('does not count value twice that has arrived but is not reported to its origin', () => {
    const state = networkState(wide, {
      'idle→busy': { ...open, counters: { railOut: units(800_000) }, inFlight: units(800_000) },
      'busy→idle': { counters: { railIn: units(800_000) } },
    })
    expect(valueInFlight(state, state.chains[1]!.lanes[0]!)).toBe(0n)
    expect(decideRebalance(viewOf(state), settings).proposals).toHaveLength(1)
  })

  test('leaves a lane alone whose move is sent but not in the books yet, and counts the move once', () => {
    const state = networkState(wide, { 'idle→busy': open })
    const view = viewOf(state, { open: [intentFor(move)] })
    expect(decideRebalance(view, settings).proposals).toEqual([])
    const amounts = liquidity(state, view.open)
    expect(amounts.get('idle')?.idle).toBe(units(500_000))
    expect(amounts.get('busy')?.arrivals).toBe(units(400_000))
  })

  test('counts a mined move by the books alone once the state is as new as its block', () => {
    const receipt = { hash: '0x', blockNumber: 100n, blockHash: '0x', gasUsed: 1n } as const
    const state = networkState(wide, { 'idle→busy': { counters: { railOut: units(400_000) } } })
    const seen = liquidity(state, [intentFor(move, { status: 'confirmed', receipt })])
    expect(seen.get('busy')?.arrivals).toBe(units(400_000))
    const unseen = liquidity(state, [
      intentFor(move, { status: 'confirmed', receipt: { ...receipt, blockNumber: 101n } }),
    ])
    expect(unseen.get('busy')?.arrivals).toBe(units(800_000))
  })

  test('leaves gaps inside the dead band alone, even if the router would admit a move', () => {
    const state = networkState(
      { busy: { loans: 530_000, free: 470_000 }, idle: { loans: 500_000, free: 500_000 } },
      { 'idle→busy': open },
    )
    const { proposals, plan } = decideRebalance(viewOf(state), settings)
    expect(proposals).toEqual([])
    expect(plan?.lines.join()).toContain('inside the dead band of 4.0 %')
  })

  test('refuses to act on a chain that is behind the others', () => {
    const state = networkState(
      { busy: { ...wide.busy, time: 999_000 }, idle: wide.idle },
      { 'idle→busy': open },
    )
    const { proposals, idle } = decideRebalance(viewOf(state), settings)
    expect(proposals).toEqual([])
    expect(idle).toContain('1000 s behind')
  })

  test('goes on without a chain that was not read', () => {
    const chains = { ...wide, far: { loans: 950_000, free: 50_000 } }
    const { chains: all } = networkState(chains, { 'idle→busy': open, 'idle→far': open })
    const state = { chains: all.filter(({ name }) => name !== 'far') }
    const { proposals } = decideRebalance(viewOf(state), settings)
    expect(proposals.map(({ action }) => action.to)).toEqual(['busy'])
  })

  test('does nothing for less than the minimum gain', () => {
    const demanding = { ...settings, minimumGain: units(1e9) }
    const { idle } = decideRebalance(viewOf(networkState(wide, { 'idle→busy': open })), demanding)
    expect(idle).toContain('less than the minimum')
  })

  test('leaves a disabled lane unused', () => {
    const lane = { from: 'idle', to: 'busy', enabled: false }
    const { proposals } = decideRebalance(viewOf(networkState(wide, { 'idle→busy': open })), {
      ...settings,
      lanes: [lane],
    })
    expect(proposals).toEqual([])
  })

  test('fills no chain beyond what the finished plan would leave it, so nothing is hoarded on the way', () => {
    const state = networkState(
      {
        busy: { loans: 920_000, free: 80_000 },
        middle: { loans: 440_000, free: 360_000 },
        idle: { loans: 144_000, free: 1_056_000 },
      },
      {
        'idle→busy': { ...open, maxRebalance: units(100_000) },
        'idle→middle': { ...open, maxRebalance: units(300_000) },
        'middle→busy': { ...open, maxRebalance: units(50_000) },
      },
    )
    const { plan } = decideRebalance(viewOf(state), settings)
    const after = Object.fromEntries(plan!.plan.chains.map((chain) => [chain.key, chain.utilizationAfter]))
    expect(after.middle).toBeGreaterThan(0.48)
  })
})
