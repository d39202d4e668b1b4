import { availableParallelism } from 'node:os'

export default {
  testEnvironment: 'node',
  // Many tests wait for a server or a child more than they compute.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Five seconds are little on a busy machine. Nothing is asserted by time.
  testTimeout: 30_000,
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{packages,actions}/*/test/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  // Sweeps over every request or every input: `npm run test:long`; on parts that nobody here wrote: `npm run test:real`.
  testPathIgnorePatterns: ['/node_modules/', '\\.(long|real)\\.test\\.ts$'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
};
