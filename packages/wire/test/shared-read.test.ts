import { expect, test } from '@jest/globals'
import { sharedRead } from '../src/index.ts'

/** A read that ends when it is told to. */
function reads(): { read: () => Promise<number>; ends: PromiseWithResolvers<number>[] } {
  const ends: PromiseWithResolvers<number>[] = []
  const read = (): Promise<number> => {
    const end = Promise.withResolvers<number>()
    ends.push(end)
    return end.promise
  }
  return { read, ends }
}

test('who asks while a read is under way is told by a later one, which all who wait for it share', async () => {
  const { read, ends } = reads()
  const ask = sharedRead(read)
  const first = ask()
  const later = [ask(), ask()]
  expect(ends).toHaveLength(1)
  ends[0]?.resolve(1)
  expect(await first).toBe(1)
  expect(ends).toHaveLength(2)
  ends[1]?.resolve(2)
  expect(await Promise.all(later)).toEqual([2, 2])
})

test('a read that fails is told to who asked for it, and to nobody later', async () => {
  const { read, ends } = reads()
  const ask = sharedRead(read)
  const [first, later] = [ask(), ask()]
  ends[0]?.reject(new Error('gone'))
  await expect(first).rejects.toThrow('gone')
  ends[1]?.resolve(2)
  expect([await later, ends.length]).toEqual([2, 2])
})
