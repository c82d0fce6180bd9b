export * from './configureOApp.js'
export * from './options.js'
export * from './packet.js'
