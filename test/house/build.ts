/**
 * Bundles every action that has an entry into dist/<action>; with --check, says whether dist/ is what the sources build.
 * Run from the root: ncc's output depends on where node_modules lies.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'

const check = process.argv.includes('--check')
const actions = readdirSync('actions').filter((name) => existsSync(`actions/${name}/src/main.ts`))

rmSync('dist', { recursive: true, force: true })
const waiting = [...actions]
await Promise.all([1, 2].map(bundleAll))

async function bundleAll(): Promise<void> {
  for (let action = waiting.shift(); action !== undefined; action = waiting.shift()) await bundle(action)
}

async function bundle(action: string): Promise<void> {
  const env = { ...process.env, TS_NODE_PROJECT: resolve('tsconfig.bundle.json') }
  const child = spawn(process.execPath, ['test/house/bundle.ts', action], { env, stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  // Why has been said.
  if (code !== 0) process.exit(1)
}

if (check) {
  const stale = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', 'dist'], { encoding: 'utf8' })
  if (stale !== '') {
    console.error(`dist/ is not what the sources build:\n${stale}Repair: npm run build && git add dist && git commit -m "The bundles are fresh"`)
    process.exit(1)
  }
  console.log(`dist/ is what the sources of ${String(actions.length)} actions build`)
}
