import { expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import type { Clock } from '@slipway/wire'
import type { ImageRegistry } from '../src/ports.ts'
import { impatient } from '../src/impatient.ts'

/** A clock on which every span is over at once, or never. */
const clock = (isOver: boolean): Clock => ({ now: () => 0, monotonic: () => 0, wait: () => (isOver ? Promise.resolve() : new Promise(() => undefined)) })

function registry(answer: () => Promise<boolean>): ImageRegistry & { asked: number } {
  const images = {
    asked: 0,
    has() {
      images.asked += 1
      return answer()
    },
  }
  return images
}

const failed = (code: 'unreachable' | 'access-denied') => () => Promise.reject(new Failed({ code, what: 'w', why: 'y', next: 'n' }))

test('an answer in time is the answer', async () => {
  const [has, lacks] = [impatient(registry(() => Promise.resolve(true)), clock(false)), impatient(registry(() => Promise.resolve(false)), clock(false))]
  expect([await has.has('shop/cart', 'sha256:a'), await lacks.has('shop/cart', 'sha256:a')]).toEqual([true, false])
})

test('a registry that is silent for too long is given up, and not asked for the next image', async () => {
  const images = registry(() => new Promise(() => undefined))
  const asked = impatient(images, clock(true))
  await expect(asked.has('shop/cart', 'sha256:a')).rejects.toThrow(/did not answer within 5 s.*unreachable/)
  await expect(asked.has('shop/cart', 'sha256:b')).rejects.toThrow(/unreachable/)
  expect(images.asked).toBe(1)
})

test.each([
  ['unreachable', 1],
  ['access-denied', 2],
] as const)('after "%s" the registry is asked %i times for two images: a refusal is of one repository', async (code, times) => {
  const images = registry(failed(code))
  const asked = impatient(images, clock(false))
  for (const name of ['shop/cart', 'shop/web']) await expect(asked.has(name, 'sha256:a')).rejects.toThrow(code)
  expect(images.asked).toBe(times)
})
