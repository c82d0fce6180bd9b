import { type Address, decodeAbiParameters, decodeFunctionData, parseAbi, parseAbiParameters } from 'viem'
import { expect, test } from 'vitest'
import { configureOApp, OAppConfigError, type OAppPath } from './configureOApp.js'

const abi = parseAbi([
  'function setSendLibrary(address oapp, uint32 eid, address newLib)',
  'function setReceiveLibrary(address oapp, uint32 eid, address newLib, uint256 gracePeriod)',
  'struct SetConfigParam { uint32 eid; uint32 configType; bytes config; }',
  'function setConfig(address oapp, address lib, SetConfigParam[] params)',
])
const ulnConfig = parseAbiParameters(['(uint64, uint8, uint8, uint8, address[], address[])'])

const address = (digit: string): Address => `0x${digit.repeat(40)}`
const path: OAppPath = {
  remoteEid: 30184,
  sendConfirmations: 15n,
  receiveConfirmations: 10n,
  requiredDvns: [address('9'), address('2')],
  executor: address('5'),
}
const configure = (paths: readonly OAppPath[]) =>
  configureOApp({
    ...{
      oapp: address('a'),
      endpoint: address('1'),
      sendLibrary: address('3'),
      receiveLibrary: address('4'),
      paths,
    },
  })

test('pins libraries and settings of both directions', () => {
  const calls = configure([path])
  expect(new Set(calls.map(({ to }) => to))).toEqual(new Set([address('1')]))
  const decoded = calls.map(({ data }) => decodeFunctionData({ abi, data }))
  expect(decoded.map(({ functionName }) => functionName)).toEqual([
    'setSendLibrary',
    'setReceiveLibrary',
    'setConfig',
    'setConfig',
  ])
  const [send, receive] = decoded.filter(({ functionName }) => functionName === 'setConfig')
  if (send?.functionName !== 'setConfig' || receive?.functionName !== 'setConfig')
    throw new Error('no settings')
  expect(send.args[2].map(({ configType }) => configType)).toEqual([1, 2])
  // In ascending order, with 255 for "none" where 0 would mean the default.
  const dvns = [address('2'), address('9')]
  expect(decodeAbiParameters(ulnConfig, send.args[2][1]!.config)[0]).toEqual([15n, 2, 255, 0, dvns, []])
  expect(decodeAbiParameters(ulnConfig, receive.args[2][0]!.config)[0]).toEqual([10n, 2, 255, 0, dvns, []])
})

test('refuses what LayerZero would read as the default', () => {
  expect(() => configure([{ ...path, requiredDvns: [] }])).toThrow(OAppConfigError)
  expect(() => configure([{ ...path, sendConfirmations: 0n }])).toThrow(/confirmations/)
})
