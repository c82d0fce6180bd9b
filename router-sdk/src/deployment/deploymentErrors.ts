import type { Hash } from 'viem'
import { IsobarError } from '../errors/IsobarError.js'

/** Thrown, before anything is sent, for a description that does not fit the chains as they are. */
export class UnfitDescriptionError extends IsobarError {
  override readonly name = 'UnfitDescriptionError'
  constructor(readonly problems: readonly string[]) {
    super('The network description does not fit the chains; nothing was sent.', {
      context: problems,
      advice: 'correct the addresses and numbers named above.',
    })
  }
}

/** Thrown for networks that need a timelock as their owner. */
export class TimelockUnavailableError extends IsobarError {
  override readonly name = 'TimelockUnavailableError'
  constructor(readonly network: string) {
    super(`Network "${network}" is not local, and deployments owned by a timelock are not available yet.`, {
      details:
        'outside local networks the contracts must not be owned by a key, not even for a moment with deposits',
      advice: 'set "local": true for chains that hold no real value; nothing was sent.',
    })
  }
}

/** Thrown when a transaction of a deployment failed. What was sent before it stays on the chains, unused. */
export class DeploymentFailedError extends IsobarError {
  override readonly name = 'DeploymentFailedError'
  constructor(
    readonly chain: string,
    /** What the transaction was to do: `create Vault`. */
    readonly step: string,
    details: string,
    readonly transaction?: Hash,
    cause?: unknown,
  ) {
    super(`On chain "${chain}", the deployment failed at: ${step}.`, {
      details,
      cause,
      context: transaction ? [`transaction ${transaction}`] : [],
      advice:
        'nothing that was deployed is in use; correct the cause and deploy again, which starts with new contracts.',
    })
  }
}
