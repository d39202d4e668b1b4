import base from './jest.config.js'

/** The sweeps that `npm test` leaves out, so that it stays under three minutes. */
export default { ...base, testMatch: ['<rootDir>/**/*.long.test.ts'], testPathIgnorePatterns: ['/node_modules/'] }
