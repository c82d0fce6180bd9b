import { expect, test } from 'vitest'
import { ChainBehindError, InvalidNetworkFileError, IsobarError, RpcUnavailableError } from './index.js'

test('an error says what happened, with what, and what to do', () => {
  const error = new IsobarError('It broke.', {
    context: ['with this', 'and that'],
    details: 'the node said no',
    advice: 'try again.',
    cause: 'cause',
  })
  expect(error.message).toBe(
    'It broke.\n  with this\n  and that\nDetails: the node said no\nWhat to do: try again.',
  )
  expect(error).toMatchObject({ shortMessage: 'It broke.', cause: 'cause', retryable: false })
  expect(new IsobarError('Short.').message).toBe('Short.')
})

test('whether to try again is a property of the class', () => {
  expect(new RpcUnavailableError('base', 'refused').retryable).toBe(true)
  expect(new ChainBehindError('base', 100n, 900n, 300n, 'clock').retryable).toBe(true)
  expect(new InvalidNetworkFileError('description', ['name: missing']).retryable).toBe(false)
})

test('a chain behind is told with both times', () => {
  const { message } = new ChainBehindError('base', 100n, 900n, 300n, 'ethereum')
  expect(message).toMatch(/"base" is 800 s behind chain "ethereum"; at most 300 s/)
})

test('a file with problems lists them', () => {
  expect(new InvalidNetworkFileError('deployment', ['a: b', 'c: d']).message).toMatch(
    /has 2 problems\.\n {2}a: b\n {2}c: d/,
  )
})
