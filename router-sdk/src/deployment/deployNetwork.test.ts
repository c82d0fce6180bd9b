import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDevnet, type Devnet } from '../devnet/createDevnet.js'
import { describeDevnet } from '../devnet/describeDevnet.js'
import type { Network } from '../network/network.js'
import { readNetwork } from '../network/readNetwork.js'
import { deployNetwork } from './deployNetwork.js'

let devnet: Devnet
let network: Network
const clients = () => Object.fromEntries(devnet.chains.map((chain) => [chain.name, chain.publicClient]))

describe('deployNetwork', () => {
  beforeAll(async () => {
    devnet = await createDevnet({ chains: 3 })
    const started = performance.now()
    network = await deployNetwork(describeDevnet(devnet), {
      clients: clients(),
      account: devnet.accounts.deployer,
    })
    console.log(`deployed in ${Math.round(performance.now() - started)} ms`)
  })
  afterAll(() => devnet?.close())

  test('reads', async () => {
    const started = performance.now()
    const state = await readNetwork(network, clients())
    console.log(`read in ${Math.round(performance.now() - started)} ms`)
    console.dir(state, { depth: 6 })
    expect(state.chains).toHaveLength(3)
  })
})
