export type { Agent, AgentDecision, AgentView } from './agents/agent.js'
export { createCreditKeeper, decideCredit } from './agents/credit/decide.js'
export { createRebalancer, decideRebalance } from './agents/rebalancer/decide.js'
export { type StalenessLimits, staleChains } from './agents/staleChains.js'
export { createStatementKeeper, decideStatements } from './agents/statements/decide.js'
export {
  ActionRefusedError,
  BroadcastError,
  GasPriceTooHighError,
  InsufficientFundsError,
} from './chain/chainErrors.js'
export { describeAction } from './chain/prepareAction.js'
export { DEFAULT_GAS, type GasLimits, type RelayerChain } from './chain/relayerChain.js'
export type { TransactionSender } from './chain/sender.js'
export { type Clock, systemClock } from './clock.js'
export { ConfigError } from './config/configError.js'
export { type LoadedConfig, loadConfig } from './config/loadConfig.js'
export { parseAgentSettings, parseConfig } from './config/parseConfig.js'
export { type FromConfigOptions, relayerFromConfig } from './config/relayerFromConfig.js'
export type {
  AgentSettings,
  ChainConfig,
  Config,
  ConfigInput,
  CreditSettings,
  RebalancerSettings,
  StatementSettings,
} from './config/schema.js'
export {
  type ChainOptions,
  createRelayerChains,
  type RelayerChainsParameters,
} from './createRelayerChains.js'
export { createRelayer, type DryRun, type Relayer, type RelayerOptions } from './daemon.js'
export { describeError, describeEvent } from './describeEvent.js'
export type { RelayerEvent } from './events.js'
export type { Executor } from './executor.js'
export type { Action, Attempt, Intent, IntentStatus, Proposal } from './store/intent.js'
export { createMemoryIntentStore, type IntentStore } from './store/intentStore.js'
