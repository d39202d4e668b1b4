/**
 * `npm run test:real [-- <jest's words>]`: brings the bed up, runs what is tested on real parts, and takes it down.
 * A bed that stood before is left standing. A failed run leaves the logs of all parts in the folder that is printed.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openBed } from './bed/bed.ts'
import { down, isUp, up } from './bed/up-down.ts'

// An interruption ends jest, which gets it as well; the bed is taken down all the same.
process.on('SIGINT', () => undefined)

const bed = openBed()
const stoodBefore = isUp(bed)
let failed = true
try {
  await up(bed)
  failed = (await jest(process.argv.slice(2))) !== 0
} finally {
  if (!stoodBefore) await down(bed)
  if (failed) {
    console.error(`The logs of all parts are in ${bed.logs}`)
    process.exitCode = 1
  }
}

function jest(words: readonly string[]): Promise<number> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const child = spawn(process.execPath, ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', 'jest.real.config.js', ...words], { cwd: root, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (code) => {
      resolve(code ?? 1)
    })
  })
}
