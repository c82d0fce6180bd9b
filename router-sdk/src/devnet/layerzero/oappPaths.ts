import type { Address } from 'viem'
import { configureOApp, type OAppCall } from '../../layerzero/configureOApp.js'
import type { LayerZeroDeployment } from './deployProtocol.js'

/** The calls that give an OApp of a local chain both DVNs, the executor and both libraries of that chain, explicitly. */
export function localOAppConfig(parameters: {
  readonly oapp: Address
  readonly layerzero: LayerZeroDeployment
  readonly remoteEids: readonly number[]
  readonly confirmations: bigint
}): OAppCall[] {
  const { oapp, layerzero, remoteEids, confirmations } = parameters
  return configureOApp({
    oapp,
    endpoint: layerzero.endpoint,
    sendLibrary: layerzero.sendLibrary,
    receiveLibrary: layerzero.receiveLibrary,
    paths: remoteEids.map((remoteEid) => ({
      remoteEid,
      sendConfirmations: confirmations,
      receiveConfirmations: confirmations,
      requiredDvns: layerzero.dvns,
      executor: layerzero.executor,
    })),
  })
}
