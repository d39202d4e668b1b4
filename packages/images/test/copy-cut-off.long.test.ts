import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { TwoRegions } from './copy-bed.ts'
import { finishAfterKill } from './copy-cut-off.ts'

let world: TwoRegions
beforeAll(async () => {
  world = await TwoRegions.start()
})
afterAll(async () => {
  await world.close()
})

test('a copy that is cut off at any of its requests is finished by the next one, which sends nothing that is there', async () => {
  let last = 1
  while (await finishAfterKill(world, last)) last += 1
  expect(last).toBe(30)
}, 60_000)
