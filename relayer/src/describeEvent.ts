import { IsobarError } from '@isobar/router-sdk'
import { describeAction } from './chain/prepareAction.js'
import type { RelayerEvent } from './events.js'

/** An event in a line of text; `undefined` for those that say nothing to a reader of logs. */
export function describeEvent(event: RelayerEvent): string | undefined {
  switch (event.type) {
    case 'tick': {
      const utilizations = event.state.chains.map(
        ({ name, utilization }) => `${name} ${(Number(utilization) / 1e16).toFixed(1)} %`,
      )
      return `utilization: ${utilizations.join(', ')}`
    }
    case 'plan':
    case 'intent':
      return undefined
    case 'submitted':
      return `${event.intent.agent}: ${describeAction(event.intent.action)} (${event.intent.reason}); sent as ${event.hash}`
    case 'confirmed':
      return `${event.intent.agent}: ${describeAction(event.intent.action)}: confirmed`
    case 'delivered':
      return `${event.intent.agent}: ${describeAction(event.intent.action)}: delivered after ${(event.afterMs / 1000).toFixed(1)} s`
    case 'refused':
      return `${event.agent}: did not ${describeAction(event.action)}: ${event.reason}`
    case 'idle':
      return `${event.agent}: nothing to do: ${event.reason}`
    case 'error':
      return `${event.scope}: ${describeError(event.error)}`
  }
}

/** Our errors say what to do; of others the message has to do. */
export function describeError(error: unknown): string {
  if (error instanceof IsobarError) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
