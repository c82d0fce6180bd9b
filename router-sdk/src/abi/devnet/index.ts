export { testFeedAbi } from './testFeed.js'
export { testOftAbi } from './testOft.js'
export { testOftAdapterAbi } from './testOftAdapter.js'
export { testTokenAbi } from './testToken.js'
