import { expect, test } from '@jest/globals'
import { openAhead } from '../src/open-ahead.ts'

const world = () => {
  const closed: string[] = []
  const answers = new Map(['eu', 'us'].map((name) => [name, Promise.withResolvers<undefined>()]))
  const ahead = openAhead([...answers.keys()], async (name) => {
    await answers.get(name)?.promise
    return { name, close: () => Promise.resolve(void closed.push(name)) }
  })
  return { ahead, closed, answers }
}

test('a target is there for whoever asks for it, and closed in the end', async () => {
  const { ahead, closed, answers } = world()
  for (const { resolve } of answers.values()) resolve(undefined)
  expect((await ahead.opened('us')).name).toBe('us')
  await ahead.close()
  expect(closed).toEqual(['eu', 'us'])
})

test('what cannot be opened is told to whoever asks for it, and to nobody else', async () => {
  const { ahead, answers } = world()
  answers.get('eu')?.reject(new Error('no role'))
  answers.get('us')?.resolve(undefined)
  await ahead.opened('us')
  await expect(ahead.opened('eu')).rejects.toThrow('no role')
})

test('what opens after the end is closed at once, and not waited for', async () => {
  const { ahead, closed, answers } = world()
  answers.get('eu')?.resolve(undefined)
  await ahead.opened('eu')
  await ahead.close()
  expect(closed).toEqual(['eu'])
  answers.get('us')?.resolve(undefined)
  await ahead.opened('us')
  expect(closed).toEqual(['eu', 'us'])
})
