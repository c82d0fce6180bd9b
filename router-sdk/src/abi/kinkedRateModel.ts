// Written by script/build.ts from the compiled contract.

/** ABI of KinkedRateModel. */
export const kinkedRateModelAbi = [
  { type: 'function', name: 'baseRate', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'function', name: 'borrowRate', stateMutability: 'view', inputs: [{ name: 'loans', type: 'uint256' }, { name: 'cash', type: 'uint256' }], outputs: [{ name: 'ratePerSecond', type: 'uint256' }] },
  { type: 'function', name: 'optimalUtilization', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'function', name: 'slopeAbove', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'function', name: 'slopeBelow', stateMutability: 'view', inputs: [], outputs: [{ name: '', type: 'uint256' }] },
  { type: 'error', name: 'OptimalUtilizationOutOfRange', inputs: [{ name: 'optimalUtilization', type: 'uint256' }] },
  { type: 'error', name: 'RateTooHigh', inputs: [{ name: 'maxRatePerYear', type: 'uint256' }] },
] as const
