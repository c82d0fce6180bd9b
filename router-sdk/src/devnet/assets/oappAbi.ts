import { parseAbi } from 'viem'

/** The set-up calls of any OApp. */
export const oappAbi = parseAbi([
  'function setPeer(uint32 eid, bytes32 peer)',
  'struct EnforcedOptionParam { uint32 eid; uint16 msgType; bytes options; }',
  'function setEnforcedOptions(EnforcedOptionParam[] enforcedOptions)',
])
