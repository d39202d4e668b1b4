import { expect, test } from '@jest/globals'
import { loadAhead } from '../src/index.ts'

test('what is loaded ahead comes in turn, past what fails, and lets what arrived be seen to in between', async () => {
  const seen: string[] = []
  const done = Promise.withResolvers<undefined>()
  const load = (name: string) => (): Promise<void> => {
    seen.push(name)
    setImmediate(() => seen.push(`after ${name}`))
    return name === 'broken' ? Promise.reject(new Error('no such module')) : Promise.resolve()
  }
  loadAhead(load('first'))
  loadAhead(load('broken'))
  loadAhead(load('second'))
  loadAhead(() => {
    done.resolve(undefined)
    return Promise.resolve()
  })
  expect(seen).toEqual([])
  await done.promise
  expect(seen.filter((name) => !name.startsWith('after'))).toEqual(['first', 'broken', 'second'])
  expect(seen.indexOf('after first')).toBeLessThan(seen.indexOf('broken'))
})
