import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChain } from './chain.ts'
import type { Part } from './part.ts'
import { shopOf } from './shop.ts'
import { startWorld } from './world.ts'

const goalMb = 200
const services = 40

/** The most memory that each action's process ever held, with forty services. */
export async function memory(): Promise<Part> {
  const shop = shopOf(services)
  const world = await startWorld(shop)
  const chain = startChain(world, shop)
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
  const noting = { BENCH_PEAKS: folder, NODE_OPTIONS: `--import=${new URL('note-peak.js', import.meta.url).href}` }
  try {
    await chain.deploy('1.0.0', noting)
    const first = peaksOf(folder)
    await chain.deploy('1.0.0', noting)
    const unchanged = peaksOf(folder)
    const highest = Math.max(...first.values(), ...unchanged.values())
    return {
      title: `Peak memory with ${services} services, MB`,
      notes: ['VmHWM of the process of the bundle, as Linux counts it at its end. The stand-in for docker and its builds are processes of their own.'],
      head: ['action', 'first deploy', 'unchanged'],
      rows: [...first].map(([action, peak]) => [action, peak.toFixed(0), (unchanged.get(action) ?? NaN).toFixed(0)]),
      goals: [{ what: `peak memory of any action with ${services} services`, goal: `≤ ${goalMb} MB`, measured: `${highest.toFixed(0)} MB`, kept: highest <= goalMb }],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    chain.close()
    await world.close()
  }
}

/** The action → its process's peak in MB, from the notes that its end left. */
function peaksOf(folder: string): Map<string, number> {
  return new Map(readdirSync(folder).sort().map((action) => [action, Number(readFileSync(join(folder, action), 'utf8')) / 1024]))
}
