import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import { home, other, TwoRegions } from './copy-bed.ts'
import { digest } from './names.ts'

let world: TwoRegions
afterEach(async () => {
  await world.close()
})
const mebibyte = 1024 * 1024

test('a layer passes through in pieces: one of 96 MiB takes no more memory than one of 1 MiB', async () => {
  world = await TwoRegions.start()
  /** The most memory that the process of a copy had, in MiB. */
  const peak = async (size: number): Promise<number> => {
    const image = digest(world.sandbox.images.seedImage({ region: home, repository: 'shop/cart', files: { layer: randomBytes(size) } }))
    world.sandbox.images.createRepository(other, 'shop/cart')
    const [from, to] = [world.end(home), world.end(other)]
    const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('copy-child.ts', import.meta.url)), from.url, to.url, from.username, from.password, image, 'shop/cart'])
    expect([...world.repository(other, 'shop/cart').blobs.values()].some(({ length }) => length > size)).toBe(true)
    return Number(stdout) / mebibyte
  }
  const small = await peak(mebibyte)
  expect((await peak(96 * mebibyte)) - small).toBeLessThan(48)
}, 60_000)
