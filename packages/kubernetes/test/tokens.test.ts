import { expect, test } from '@jest/globals'
import { systemClock } from '@slipway/wire'
import { openTokens } from '../src/tokens.ts'

test('a late refusal of an old token leaves the new one in use', async () => {
  let asked = 0
  const tokens = openTokens(() => Promise.resolve({ token: `t${(asked += 1)}`, expiresAtMs: Number.MAX_SAFE_INTEGER }), systemClock)
  expect(await tokens.current()).toBe('t1')
  tokens.refused('t1')
  expect(await tokens.current()).toBe('t2')
  tokens.refused('t1')
  expect(await tokens.current()).toBe('t2')
})
