import { SHARED_DECIMALS, shared } from '@isobar/router-sdk'
import { parseUnits } from 'viem'
import { z } from 'zod'

/** Amounts are written in the asset (`1500.25`), and become shared decimals. */
const assetAmount = z
  .union([
    z.string().regex(/^\d+(\.\d{1,6})?$/, 'give an amount of the asset, like 1500.25'),
    z.number().min(0),
  ])
  .transform((amount) => shared(parseUnits(String(amount), SHARED_DECIMALS)))

const seconds = z.number().min(0).finite()
const fraction = z.number().min(0).max(1)

const environmentName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'give the name of an environment variable; the key itself never belongs in a file',
  )
  .refine(
    (name) => !/^(0x)?[0-9a-fA-F]{64}$/.test(name),
    'this looks like the key itself: give the name of a variable',
  )

/** Gas limits, in units of the chain; explicit, because estimates are wrong where LayerZero's fee is refunded. */
const gas = z.strictObject({
  rebalance: z.number().int().positive().optional(),
  sync: z.number().int().positive().optional(),
  refill: z.number().int().positive().optional(),
})

const chain = z
  .strictObject({
    /** Address of the chain's node; a secret one goes into an environment variable. */
    rpcUrl: z.url().optional(),
    rpcUrlEnv: environmentName.optional(),
    /** Key for this chain alone. */
    privateKeyEnv: environmentName.optional(),
    /** Blocks, its own included, after which a transaction counts. */
    confirmations: z.number().int().min(1).default(1),
    /** Nothing is sent while gas costs more. */
    maxFeePerGasGwei: z.number().positive().optional(),
    gas: gas.default({}),
  })
  .refine(
    (value) => (value.rpcUrl === undefined) !== (value.rpcUrlEnv === undefined),
    'give either rpcUrl or rpcUrlEnv',
  )

const laneCosts = {
  /** Cost of moving a unit, as a fraction of it. */
  proportional: fraction,
  /** Cost of a move, message and gas on both ends, in the asset. */
  fixed: assetAmount,
  /** From sending to being usable. */
  latencySeconds: seconds,
}

const rebalancer = z.strictObject({
  enabled: z.boolean().default(true),
  /** How long a gap is expected to last if nothing is done. */
  horizonDays: z.number().positive().default(7),
  /** A plan that gains less over the horizon, in the asset, is not carried out. */
  minimumGain: assetAmount.default(shared(0n)),
  /** What a unit in flight forgoes, per year. */
  latencyRate: fraction.default(0),
  /** Gaps of utilization below this are left alone. Default: the contracts' own dead band; never less than that. */
  deadBand: fraction.optional(),
  costs: z
    .strictObject({
      proportional: laneCosts.proportional.default(0),
      fixed: laneCosts.fixed.default(shared(0n)),
      latencySeconds: laneCosts.latencySeconds.default(0),
    })
    .prefault({}),
  /** Lanes whose costs differ. */
  lanes: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        proportional: laneCosts.proportional.optional(),
        fixed: laneCosts.fixed.optional(),
        latencySeconds: laneCosts.latencySeconds.optional(),
        /** Leaves a lane unused. */
        enabled: z.boolean().default(true),
      }),
    )
    .default([]),
})

const statements = z.strictObject({
  enabled: z.boolean().default(true),
  /** Least time between two statements on a lane, chain time. */
  minIntervalSeconds: seconds.default(60),
  /**
   * Age from which a statement that shows no gap is renewed where there is one. Default: the age at which the contracts
   * take it no more, since a gap must have stood for longer than that to count in their averages.
   */
  refreshSeconds: seconds.optional(),
  /** What a statement costs, in the asset; added to the cost of the move that it allows. */
  cost: assetAmount.default(shared(0n)),
})

const credit = z.strictObject({
  enabled: z.boolean().default(true),
  /** Grants below this, in the asset, wait. */
  minimumGrant: assetAmount.default(shared(0n)),
  /** Grants below this part of the lane's target wait. */
  minimumShare: fraction.default(0.1),
  /** Least time between two grants on a lane, chain time. */
  minIntervalSeconds: seconds.default(60),
})

/** What a relayer's configuration file may say. */
export const configSchema = z.strictObject({
  /** Path of the network file, from this file's folder. */
  network: z.string().min(1),
  /** Name of the environment variable that holds the key. */
  privateKeyEnv: environmentName,
  tickSeconds: z.number().positive().default(15),
  /** How long a tick waits for the receipts of what it sent; later ticks go on looking. */
  receiptWaitSeconds: seconds.default(60),
  staleness: z
    .strictObject({
      /** A chain whose newest block is older than another chain's by more is left alone. */
      maxChainLagSeconds: z.number().positive().default(300),
      /** The same against this machine's clock; not used on local networks, whose time may run fast. */
      maxBlockAgeSeconds: z.number().positive().default(300),
    })
    .prefault({}),
  chains: z.record(z.string(), chain),
  agents: z
    .strictObject({
      rebalancer: rebalancer.prefault({}),
      statements: statements.prefault({}),
      credit: credit.prefault({}),
    })
    .prefault({}),
})

/** A configuration as it is written. */
export type ConfigInput = z.input<typeof configSchema>
/** A configuration with every default filled in; amounts in shared decimals. */
export type Config = z.output<typeof configSchema>
export type ChainConfig = Config['chains'][string]
export type AgentSettings = Config['agents']
export type RebalancerSettings = AgentSettings['rebalancer']
export type StatementSettings = AgentSettings['statements']
export type CreditSettings = AgentSettings['credit']
