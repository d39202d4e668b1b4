import type { RunEvent } from '@slipway/workflow-runner'
import { join } from 'node:path'
import { startWorld, type World } from '../../src/world.ts'

export const fixtures = join(import.meta.dirname, '..', 'fixtures')

/** Runs a test in a world of its own, with a small shop, and closes it. */
export async function inWorld(test: (world: World, events: RunEvent[]) => Promise<void>, slipway = join(fixtures, 'slipway')): Promise<void> {
  const events: RunEvent[] = []
  const world = await startWorld({ slipway, shop: join(fixtures, 'shop'), onEvent: (event) => { events.push(event) } })
  try {
    await test(world, events)
  } finally {
    await world.close()
  }
}
