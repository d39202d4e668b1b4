/** `npm run test:real [-- <jest's words>]`: runs what is tested on real parts, on a bed that is there meanwhile. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withBed } from './bed/with-bed.ts'

await withBed(async () => (await jest(process.argv.slice(2))) === 0)

function jest(words: readonly string[]): Promise<number> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const child = spawn(process.execPath, ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', 'jest.real.config.js', ...words], { cwd: root, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (code) => {
      resolve(code ?? 1)
    })
  })
}
