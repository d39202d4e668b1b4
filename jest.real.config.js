import base from './jest.config.js'

/**
 * What runs on real parts, which `npm run test:real` brings up; one after the other, since they share them. One that ran out
 * of its time may still be waiting for a part: the run ends nevertheless.
 */
export default { ...base, testMatch: ['<rootDir>/test/**/*.real.test.ts'], testPathIgnorePatterns: ['/node_modules/'], maxWorkers: 1, testTimeout: 120_000, forceExit: true }
