import { expect } from '@jest/globals'
import { home, other, type TwoRegions } from './copy-bed.ts'
import { digest, name } from './names.ts'

/** Copies an index that is cut off when the registries have got so many requests; says whether that was before its end. */
export async function finishAfterKill(world: TwoRegions, atRequest: number): Promise<boolean> {
  for (const region of [home, other]) world.sandbox.images.createRepository(region, 'shop/cart')
  const index = world.seedIndex('shop/cart', 'v1')
  const held = (region: string): string[] => [...world.repository(region, 'shop/cart').manifests.keys(), ...world.repository(region, 'shop/cart').blobs.keys()].sort()
  const stop = new AbortController()
  let seen = 0
  world.atRequest = () => {
    seen += 1
    if (seen === atRequest) stop.abort(new Error('killed'))
  }
  await world.copier(home, other, { signal: stop.signal }).copy(digest(index), name('shop/cart')).catch((error: unknown) => {
    expect(error).toBe(stop.signal.reason)
  })
  world.atRequest = () => undefined
  const before = world.repository(other, 'shop/cart').blobs.size
  const { sent } = await world.copier().copy(digest(index), name('shop/cart'))
  // What was under way when the copy was cut off may still have come in.
  expect(sent).toBeLessThanOrEqual(world.repository(other, 'shop/cart').blobs.size - before)
  expect(held(other)).toEqual(held(home))
  return stop.signal.aborted
}
