import { describe, expect, test } from 'vitest'
import { ConfigError } from './configError.js'
import { parseAgentSettings, parseConfig } from './parseConfig.js'

const good = {
  network: './network.json',
  privateKeyEnv: 'KEY',
  chains: { ethereum: { rpcUrl: 'http://localhost:8545' }, base: { rpcUrlEnv: 'BASE_RPC' } },
}

function problemsOf(input: unknown): readonly string[] {
  try {
    parseConfig(input)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('parseConfig', () => {
  test('fills in defaults', () => {
    const { tickSeconds, agents, chains } = parseConfig(good)
    expect(tickSeconds).toBe(15)
    expect(agents.rebalancer).toMatchObject({ enabled: true, horizonDays: 7 })
    expect(chains.base).toMatchObject({ confirmations: 1 })
  })

  test('reads amounts in the asset', () => {
    expect(parseAgentSettings({ credit: { minimumGrant: '1500.25' } }).credit.minimumGrant).toBe(
      1_500_250_000n,
    )
    expect(parseAgentSettings({ credit: { minimumGrant: 12 } }).credit.minimumGrant).toBe(12_000_000n)
  })

  test('names an unknown key, where it is, and what is allowed there', () => {
    expect(problemsOf({ ...good, tickSecs: 3 })[0]).toMatch(
      /^unknown key 'tickSecs'; allowed here: network, /,
    )
    const [chain] = problemsOf({ ...good, chains: { base: { rpcUrl: 'http://x', rpcURL: 'http://y' } } })
    expect(chain).toMatch(/^chains\.base: unknown key 'rpcURL'; allowed here: rpcUrl, rpcUrlEnv/)
    const [agent] = problemsOf({ ...good, agents: { rebalancer: { costs: { fix: 1 } } } })
    expect(agent).toBe(
      "agents.rebalancer.costs: unknown key 'fix'; allowed here: proportional, fixed, latencySeconds",
    )
    const [lane] = problemsOf({
      ...good,
      agents: { rebalancer: { lanes: [{ from: 'a', to: 'b', cost: 1 }] } },
    })
    expect(lane).toMatch(/^agents\.rebalancer\.lanes\.0: unknown key 'cost'/)
  })

  test('refuses a key in the file', () => {
    expect(problemsOf({ ...good, privateKey: '0x12' })[0]).toContain('keys come from the environment')
    expect(problemsOf({ ...good, privateKeyEnv: `0x${'1'.repeat(64)}` }).join()).toContain(
      'environment variable',
    )
    expect(problemsOf({ ...good, privateKeyEnv: 'a'.repeat(64) }).join()).toContain(
      'looks like the key itself',
    )
  })

  test.each([
    ['an empty file', null, /expected object/i],
    ['a missing network', { ...good, network: undefined }, /^network: /],
    [
      'two RPC addresses',
      { ...good, chains: { a: { rpcUrl: 'http://x', rpcUrlEnv: 'X' } } },
      /either rpcUrl or/,
    ],
    ['no RPC address', { ...good, chains: { a: {} } }, /either rpcUrl or/],
    ['an address that is none', { ...good, chains: { a: { rpcUrl: 'localhost' } } }, /^chains\.a\.rpcUrl: /],
    ['a negative tick', { ...good, tickSeconds: -1 }, /^tickSeconds: /],
    [
      'a cost above all',
      { ...good, agents: { rebalancer: { costs: { proportional: 2 } } } },
      /proportional: /,
    ],
    ['an amount with a unit', { ...good, agents: { credit: { minimumGrant: '5 USDC' } } }, /like 1500\.25/],
  ])('refuses %s', (_, input, problem) => {
    expect(problemsOf(input).join('\n')).toMatch(problem)
  })
})
