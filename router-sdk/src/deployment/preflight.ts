import type { Address } from 'viem'
import { isAddressEqual, parseAbi } from 'viem'
import { aggregatorV3Abi, endpointV2Abi, erc20Abi, oftAbi } from '../abi/index.js'
import { ChainMismatchError } from '../errors/ChainMismatchError.js'
import { WrongContractError } from '../errors/WrongContractError.js'
import { askChain } from '../network/askChain.js'
import { clientOf, type NetworkClients } from '../network/clients.js'
import { createReadBatch } from '../network/readBatch.js'
import { UnfitDescriptionError } from './deploymentErrors.js'
import type { ParsedChainDescription, ParsedNetworkDescription } from './networkDescription.js'

const libraryAbi = parseAbi(['function isSupportedEid(uint32 eid) view returns (bool)'])

/** Asks one chain whether it is as described. Returns what is not, one line each. */
async function checkChain(
  chain: ParsedChainDescription,
  remotes: readonly ParsedChainDescription[],
  clients: NetworkClients,
  deployer: Address,
): Promise<string[]> {
  const client = clientOf(clients, chain)
  const chainId = await askChain(chain.name, client.getChainId())
  if (chainId !== chain.chainId) throw new ChainMismatchError(chain.name, 'chainId', chain.chainId, chainId)

  const batch = createReadBatch(chain)
  const { asset, layerzero } = chain
  const onEndpoint = { field: 'layerzero.endpoint', address: layerzero.endpoint, abi: endpointV2Abi } as const
  const eid = batch.read({ ...onEndpoint, functionName: 'eid' })
  const decimals = batch.read({
    ...{ field: 'asset.token', address: asset.token, abi: erc20Abi },
    functionName: 'decimals',
  })
  const onOft = { field: 'asset.oft', address: asset.oft, abi: oftAbi } as const
  const oftToken = batch.read({ ...onOft, functionName: 'token' })
  const sharedDecimals = batch.read({ ...onOft, functionName: 'sharedDecimals' })
  const libraries = (['sendLibrary', 'receiveLibrary'] as const).map((field) => {
    const address = layerzero[field]
    const onLibrary = { field: `layerzero.${field}`, address, abi: libraryAbi } as const
    return {
      field,
      registered: batch.read({ ...onEndpoint, functionName: 'isRegisteredLibrary', args: [address] }),
      supported: remotes.map((remote) => ({
        remote,
        read: batch.read({ ...onLibrary, functionName: 'isSupportedEid', args: [remote.eid] }),
      })),
    }
  })
  const collaterals = chain.collaterals.map((collateral, index) => {
    const field = `collaterals.${index}`
    return {
      ...{ collateral, field },
      decimals: batch.read({
        ...{ field: `${field}.token`, address: collateral.token, abi: erc20Abi },
        functionName: 'decimals',
      }),
      price: batch.read({
        ...{ field: `${field}.feed`, address: collateral.feed, abi: aggregatorV3Abi },
        functionName: 'latestRoundData',
      }),
    }
  })
  const others = [
    { field: 'layerzero.executor', address: layerzero.executor },
    ...layerzero.dvns.map((address, index) => ({ field: `layerzero.dvns.${index}`, address })),
  ]
  const blockNumber = await askChain(chain.name, client.getBlockNumber({ cacheTime: 0 }))
  const [codes, balance] = await Promise.all([
    Promise.all(others.map(({ address }) => askChain(chain.name, client.getCode({ address })))),
    askChain(chain.name, client.getBalance({ address: deployer })),
    batch.run(client, blockNumber),
  ])

  const found = eid()
  if (found !== chain.eid) throw new ChainMismatchError(chain.name, 'eid', chain.eid, found)
  for (const [index, { field, address }] of others.entries()) {
    if (!codes[index]) throw new WrongContractError(chain.name, field, address, 'there is no contract.')
  }
  const problems: string[] = []
  const problem = (field: string, text: string) => problems.push(`${chain.name}.${field}: ${text}`)
  if (decimals() !== asset.decimals)
    problem('asset.decimals', `${asset.decimals}, but the token has ${decimals()}`)
  if (!isAddressEqual(oftToken(), asset.token))
    problem('asset.oft', `it moves ${oftToken()}, not the asset's token`)
  if (sharedDecimals() !== 6) problem('asset.oft', `it has ${sharedDecimals()} shared decimals; lanes need 6`)
  for (const { field, registered, supported } of libraries) {
    if (!registered()) problem(`layerzero.${field}`, 'LayerZero’s endpoint does not know this library')
    for (const { remote, read } of supported) {
      if (!read()) problem(`layerzero.${field}`, `it has no path with "${remote.name}" (${remote.eid})`)
    }
  }
  for (const { collateral, field, ...read } of collaterals) {
    const actual = read.decimals()
    if (actual !== collateral.decimals) {
      problem(`${field}.decimals`, `${collateral.decimals}, but the token has ${actual}`)
    }
    const [, answer] = read.price()
    if (answer <= 0n) problem(`${field}.feed`, `its price is ${answer}`)
  }
  if (balance === 0n) problem('account', `${deployer} has no ether to deploy with`)
  return problems
}

/**
 * Checks a description against all chains before anything is sent: ids, LayerZero's libraries and paths, tokens, feeds.
 *
 * @throws {@link UnfitDescriptionError}, {@link ChainMismatchError}, {@link WrongContractError},
 * {@link RpcUnavailableError}
 */
export async function preflight(
  description: ParsedNetworkDescription,
  clients: NetworkClients,
  deployer: (chain: ParsedChainDescription) => Address,
): Promise<void> {
  const { chains } = description
  const problems = await Promise.all(
    chains.map((chain) => {
      const remotes = chains.filter((other) => other !== chain)
      return checkChain(chain, remotes, clients, deployer(chain))
    }),
  )
  if (problems.flat().length > 0) throw new UnfitDescriptionError(problems.flat())
}
