export {
  type BuildTransferParameters,
  type BuiltTransfer,
  buildTransfer,
  type TransferRequest,
  type TransferTerms,
  type UnsignedTransaction,
} from './buildTransfer.js'
export { decodeRevert, describeRevert, type Revert } from './decodeRevert.js'
export { type BlockRange, findLogs } from './findLogs.js'
export { type LaneEnds, laneEnds } from './laneEnds.js'
export type { TransferReference } from './locateTransfer.js'
export { type QuoteTransferParameters, quoteTransfer, type TransferQuote } from './quoteTransfer.js'
export { type SendTransferParameters, type SentTransfer, sendTransfer } from './sendTransfer.js'
export {
  type TrackTransferParameters,
  type TransferStatus,
  type TransferStep,
  trackTransfer,
} from './trackTransfer.js'
export * from './transferErrors.js'
export { type SettledTransfer, type WaitForTransferParameters, waitForTransfer } from './waitForTransfer.js'
