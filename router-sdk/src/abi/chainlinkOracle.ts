// Written by script/build.ts from the compiled contract.

/** ABI of ChainlinkOracle. */
export const chainlinkOracleAbi = [
  { type: 'function', name: 'feed', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'address' }] },
  { type: 'function', name: 'maxAge', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'function', name: 'price', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'function', name: 'scaleFactor', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'error', name: 'DecimalsOutOfRange', inputs: [] },
  { type: 'error', name: 'MaxAgeOutOfRange', inputs: [{ name: 'maxAge', type: 'uint256' }] },
  { type: 'error', name: 'PriceInFuture', inputs: [{ name: 'updatedAt', type: 'uint256' }] },
  { type: 'error', name: 'PriceNotPositive', inputs: [{ name: 'answer', type: 'int256' }] },
  { type: 'error', name: 'PriceStale', inputs: [{ name: 'updatedAt', type: 'uint256' }, { name: 'maxAge', type: 'uint256' }] },
  { type: 'error', name: 'RoundIncomplete', inputs: [{ name: 'roundId', type: 'uint80' }, { name: 'answeredInRound', type: 'uint80' }] },
] as const
