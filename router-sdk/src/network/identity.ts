import { type Address, isAddressEqual } from 'viem'
import { endpointV2Abi, laneRouterAbi, oftRailAbi, vaultAbi } from '../abi/index.js'
import { ChainMismatchError } from '../errors/ChainMismatchError.js'
import { PeerMismatchError } from '../errors/PeerMismatchError.js'
import { WrongContractError } from '../errors/WrongContractError.js'
import { addressToBytes32 } from '../layerzero/packet.js'
import type { Network, NetworkChain } from './network.js'
import type { ReadBatch } from './readBatch.js'

/** Compares what is on a chain with the network file; each throws for the first difference. */
export interface Identity {
  checkContracts(): void
  checkPeers(): void
}

/**
 * Adds to a batch the reads that tell whether a chain's contracts are those of the network file: LayerZero's id, who
 * works with whom, and both kinds of peers. What is returned compares the answers after the batch has run. Every chain's
 * own contracts should be checked before any peers: one wrong address makes the peers of all other chains differ too.
 */
export function readIdentity(network: Network, chain: NetworkChain, batch: ReadBatch): Identity {
  const { vault, market, router, rail } = chain.isobar
  const { endpoint } = chain.layerzero
  const eid = batch.read({
    ...{ field: 'layerzero.endpoint', address: endpoint, abi: endpointV2Abi },
    functionName: 'eid',
  })
  const onVault = { field: 'isobar.vault', address: vault, abi: vaultAbi } as const
  const onRouter = { field: 'isobar.router', address: router, abi: laneRouterAbi } as const
  const onRail = { field: 'isobar.rail', address: rail, abi: oftRailAbi } as const
  const links: readonly {
    field: string
    address: Address
    name: string
    expected: Address
    read(): Address
  }[] = [
    {
      ...onVault,
      name: 'asset',
      expected: chain.asset.token,
      read: batch.read({ ...onVault, functionName: 'asset' }),
    },
    {
      ...onVault,
      name: 'market',
      expected: market,
      read: batch.read({ ...onVault, functionName: 'market' }),
    },
    {
      ...onVault,
      name: 'router',
      expected: router,
      read: batch.read({ ...onVault, functionName: 'router' }),
    },
    { ...onRouter, name: 'vault', expected: vault, read: batch.read({ ...onRouter, functionName: 'vault' }) },
    { ...onRouter, name: 'rail', expected: rail, read: batch.read({ ...onRouter, functionName: 'rail' }) },
    {
      ...onRouter,
      name: 'endpoint',
      expected: endpoint,
      read: batch.read({ ...onRouter, functionName: 'endpoint' }),
    },
    {
      ...onRail,
      name: 'oft',
      expected: chain.asset.oft,
      read: batch.read({ ...onRail, functionName: 'oft' }),
    },
  ]
  const peers = network.chains
    .filter((other) => other.eid !== chain.eid)
    .map((other) => ({
      other,
      router: batch.read({ ...onRouter, functionName: 'peers', args: [other.eid] }),
      rail: batch.read({ ...onRail, functionName: 'railPeer', args: [other.eid] }),
    }))

  return {
    checkContracts() {
      const found = eid()
      if (found !== chain.eid) throw new ChainMismatchError(chain.name, 'eid', chain.eid, found)
      // All answers first: a contract that has none is to blame before one that names another.
      const answers = links.map((link) => ({ ...link, actual: link.read() }))
      for (const { field, address, name, expected, actual } of answers) {
        if (isAddressEqual(actual, expected)) continue
        const details = `its ${name} is ${actual}, and the network file says ${expected}.`
        throw new WrongContractError(chain.name, field, address, details)
      }
    },
    checkPeers() {
      for (const { other, ...read } of peers) {
        for (const contract of ['router', 'rail'] as const) {
          const expected = addressToBytes32(other.isobar[contract])
          const actual = read[contract]()
          if (actual.toLowerCase() !== expected) {
            throw new PeerMismatchError(chain.name, contract, other.name, expected, actual)
          }
        }
      }
    },
  }
}
