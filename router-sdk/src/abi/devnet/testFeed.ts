// Written by script/build.ts from the compiled contract.

/** ABI of TestFeed. */
export const testFeedAbi = [
  { type: 'function', name: 'alwaysFresh', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'bool' }] },
  { type: 'function', name: 'decimals', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint8' }] },
  { type: 'function', name: 'description', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'string' }] },
  { type: 'function', name: 'getRoundData', stateMutability: 'view', inputs: [{ name: 'roundId_', type: 'uint80' }], outputs: [{ name: 'roundId', type: 'uint80' }, { name: 'answer', type: 'int256' }, { name: 'startedAt', type: 'uint256' }, { name: 'updatedAt', type: 'uint256' }, { name: 'answeredInRound', type: 'uint80' }] },
  { type: 'function', name: 'latestRoundData', stateMutability: 'view', inputs: [], outputs: [{ name: 'roundId', type: 'uint80' }, { name: 'answer', type: 'int256' }, { name: 'startedAt', type: 'uint256' }, { name: 'updatedAt', type: 'uint256' }, { name: 'answeredInRound', type: 'uint80' }] },
  { type: 'function', name: 'setAlwaysFresh', stateMutability: 'nonpayable', inputs: [{ name: 'alwaysFresh_', type: 'bool' }], outputs: [] },
  { type: 'function', name: 'setAnswer', stateMutability: 'nonpayable', inputs: [{ name: 'answer_', type: 'int256' }], outputs: [] },
  { type: 'function', name: 'setRound', stateMutability: 'nonpayable', inputs: [{ name: 'roundId_', type: 'uint80' }, { name: 'answer_', type: 'int256' }, { name: 'startedAt_', type: 'uint256' }, { name: 'updatedAt_', type: 'uint256' }, { name: 'answeredInRound_', type: 'uint80' }], outputs: [] },
  { type: 'function', name: 'setUpdatedAt', stateMutability: 'nonpayable', inputs: [{ name: 'updatedAt_', type: 'uint256' }], outputs: [] },
  { type: 'function', name: 'version', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'event', name: 'AnswerUpdated', inputs: [{ name: 'current', type: 'int256', indexed: true }, { name: 'roundId', type: 'uint256', indexed: true }, { name: 'updatedAt', type: 'uint256', indexed: false }] },
] as const
