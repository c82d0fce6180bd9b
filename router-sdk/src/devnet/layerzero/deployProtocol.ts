import { type Address, encodeFunctionData, getContractAddress, type Hex, parseEther, zeroAddress } from 'viem'
import { sortedAddresses } from '../../layerzero/configureOApp.js'
import type { DevnetAccounts } from '../accounts.js'
import { multicall3Artifact } from '../assets/artifacts.js'
import type { LocalChain } from '../chain/createChain.js'
import type { ContractArtifact, ProtocolArtifacts } from './artifacts.js'
import { dvnConfigAbi, executorConfigAbi, protocolAbi } from './protocolAbi.js'

/** Addresses of LayerZero's contracts on one chain. */
export interface LayerZeroDeployment {
  readonly endpoint: Address
  readonly sendLibrary: Address
  readonly receiveLibrary: Address
  readonly treasury: Address
  readonly priceFeed: Address
  readonly executor: Address
  readonly dvns: readonly [Address, Address]
}

/** A chain that packets can be sent to. */
export interface RemoteChain {
  readonly eid: number
  /** Wei per gas there, which the fee libraries price deliveries at. */
  readonly gasPrice: bigint
}

export interface DeployProtocolParameters {
  readonly chain: LocalChain
  readonly remotes: readonly RemoteChain[]
  readonly accounts: DevnetAccounts
  readonly artifacts: ProtocolArtifacts
  /** Source blocks that DVNs wait for, in the defaults. */
  readonly confirmations: bigint
}

/** The number by which a DVN and the price feed know a version-2 chain. */
export const versionOneId = (eid: number): number => eid % 30_000

export const DVN_QUORUM = 2

const TREASURY_GAS_LIMIT = 200_000n
const TREASURY_FEE_CAP = parseEther('0.01')
const TREASURY_FEE_BP = 500n
const NATIVE_DECIMALS_RATE = 10n ** 18n
const PRICE_RATIO = 10n ** 20n
const ETHER_PRICE_USD = 3_000n * PRICE_RATIO
const GAS_PER_BYTE = 16
const MULTIPLIER_BPS = 12_000
/** Base gas of the destination that the executor charges for beside what the options name; measured, rounded up. */
const RECEIVE_BASE_GAS = 115_000n
const COMPOSE_BASE_GAS = 90_000n
const DVN_GAS = 130_000n
const NATIVE_CAP = parseEther('0.24')
const MAX_MESSAGE_SIZE = 10_000
const SET_UP_GAS = 8_000_000n

/** Deploys and configures LayerZero V2 on one chain. Needs nothing of other chains but their ids. */
export async function deployProtocol(parameters: DeployProtocolParameters): Promise<LayerZeroDeployment> {
  const { chain, remotes, accounts, artifacts, confirmations } = parameters
  const owner = accounts.protocolOwner
  const sent: Promise<unknown>[] = []
  let nonce = 0n

  // Everything is sent at once: the sender numbers transactions in the order of these calls, so addresses are known.
  const deploy = (artifact: ContractArtifact, args: readonly unknown[]): Address => {
    sent.push(chain.sender.deploy({ account: owner, ...artifact, args }))
    const address = getContractAddress({ from: owner.address, nonce })
    nonce += 1n
    return address
  }
  const call = (to: Address, data: Hex, account = owner): void => {
    sent.push(chain.sender.transact({ account, to, data, gas: SET_UP_GAS }))
    if (account === owner) nonce += 1n
  }
  const settle = async (): Promise<void> => {
    await Promise.all(sent.splice(0))
  }

  const { eid } = chain
  deploy(multicall3Artifact, [])
  const endpoint = deploy(artifacts.EndpointV2, [eid, owner.address])
  const sendLibrary = deploy(artifacts.SendUln302, [endpoint, TREASURY_GAS_LIMIT, TREASURY_FEE_CAP])
  const receiveLibrary = deploy(artifacts.ReceiveUln302, [endpoint])
  const treasury = deploy(artifacts.Treasury, [])
  const priceFeed = deploy(artifacts.PriceFeed, [])
  const executor = deploy(artifacts.Executor, [])
  const executorFeeLib = deploy(artifacts.ExecutorFeeLib, [eid, NATIVE_DECIMALS_RATE])
  const dvnFeeLib = deploy(artifacts.DVNFeeLib, [eid, NATIVE_DECIMALS_RATE])
  const [dvn0, dvn1] = accounts.dvns.map(({ admin, signers }) => {
    const addresses = signers.map((signer) => signer.address)
    const args = [eid, versionOneId(eid), [sendLibrary], priceFeed, addresses, DVN_QUORUM, [admin.address]]
    return deploy(artifacts.DVN, args)
  }) as [Address, Address]

  const abi = protocolAbi
  const executorAdmin = accounts.executorAdmin
  call(priceFeed, encodeFunctionData({ abi, functionName: 'initialize', args: [owner.address] }))
  call(
    executor,
    encodeFunctionData({
      abi,
      functionName: 'initialize',
      args: [endpoint, zeroAddress, [sendLibrary], priceFeed, owner.address, [executorAdmin.address]],
    }),
  )
  const prices = remotes.map((remote) => ({
    eid: versionOneId(remote.eid),
    price: { priceRatio: PRICE_RATIO, gasPriceInUnit: remote.gasPrice, gasPerByte: GAS_PER_BYTE },
  }))
  call(priceFeed, encodeFunctionData({ abi, functionName: 'setPrice', args: [prices] }))
  call(
    priceFeed,
    encodeFunctionData({ abi, functionName: 'setNativeTokenPriceUSD', args: [ETHER_PRICE_USD] }),
  )
  call(sendLibrary, encodeFunctionData({ abi, functionName: 'setTreasury', args: [treasury] }))
  call(treasury, encodeFunctionData({ abi, functionName: 'setNativeFeeBP', args: [TREASURY_FEE_BP] }))

  const config = {
    confirmations,
    requiredDVNCount: 2,
    optionalDVNCount: 0,
    optionalDVNThreshold: 0,
    requiredDVNs: sortedAddresses([dvn0, dvn1]),
    optionalDVNs: [],
  }
  const ulnConfigs = remotes.map((remote) => ({ eid: remote.eid, config }))
  const executorConfigs = remotes.map((remote) => ({
    eid: remote.eid,
    config: { maxMessageSize: MAX_MESSAGE_SIZE, executor },
  }))
  call(sendLibrary, encodeFunctionData({ abi, functionName: 'setDefaultUlnConfigs', args: [ulnConfigs] }))
  call(receiveLibrary, encodeFunctionData({ abi, functionName: 'setDefaultUlnConfigs', args: [ulnConfigs] }))
  call(
    sendLibrary,
    encodeFunctionData({ abi, functionName: 'setDefaultExecutorConfigs', args: [executorConfigs] }),
  )
  call(endpoint, encodeFunctionData({ abi, functionName: 'registerLibrary', args: [sendLibrary] }))
  call(endpoint, encodeFunctionData({ abi, functionName: 'registerLibrary', args: [receiveLibrary] }))
  for (const { eid } of remotes) {
    call(
      endpoint,
      encodeFunctionData({ abi, functionName: 'setDefaultSendLibrary', args: [eid, sendLibrary] }),
    )
    call(
      endpoint,
      encodeFunctionData({ abi, functionName: 'setDefaultReceiveLibrary', args: [eid, receiveLibrary, 0n] }),
    )
  }
  // The admins' transactions come from other keys, so nothing but these receipts puts them after the deployments.
  await settle()

  const executorPaths = remotes.map((remote) => ({
    dstEid: remote.eid,
    lzReceiveBaseGas: RECEIVE_BASE_GAS,
    lzComposeBaseGas: COMPOSE_BASE_GAS,
    multiplierBps: MULTIPLIER_BPS,
    floorMarginUSD: 0n,
    nativeCap: NATIVE_CAP,
  }))
  call(
    executor,
    encodeFunctionData({ abi, functionName: 'setWorkerFeeLib', args: [executorFeeLib] }),
    executorAdmin,
  )
  call(
    executor,
    encodeFunctionData({ abi: executorConfigAbi, functionName: 'setDstConfig', args: [executorPaths] }),
    executorAdmin,
  )
  const dvnPaths = remotes.map((remote) => ({
    dstEid: remote.eid,
    gas: DVN_GAS,
    multiplierBps: MULTIPLIER_BPS,
    floorMarginUSD: 0n,
  }))
  for (const [index, dvn] of [dvn0, dvn1].entries()) {
    const { admin } = accounts.dvns[index]!
    call(dvn, encodeFunctionData({ abi, functionName: 'setWorkerFeeLib', args: [dvnFeeLib] }), admin)
    call(
      dvn,
      encodeFunctionData({ abi: dvnConfigAbi, functionName: 'setDstConfig', args: [dvnPaths] }),
      admin,
    )
  }
  await settle()
  return { endpoint, sendLibrary, receiveLibrary, treasury, priceFeed, executor, dvns: [dvn0, dvn1] }
}
