import { expect, test } from '@jest/globals'
import { sharedTokens } from '../src/shared-tokens.ts'

const startMs = Date.parse('2026-11-21T10:00:00Z')

/** A token that ends so many seconds after the start. */
function token(seconds: number): string {
  return ['{}', JSON.stringify({ exp: startMs / 1000 + seconds }), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

/** GitHub, answering one after the other; and a clock. */
function github(answers: readonly (string | Error)[], ahead?: Promise<string>) {
  const clock = { nowMs: startMs }
  const asked: string[] = []
  const masked: string[] = []
  const ask = (audience: string, meanwhile: () => void): Promise<string> => {
    meanwhile()
    asked.push(audience)
    const answer = answers[asked.length - 1]
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? '')
  }
  const mask = (text: string): void => {
    masked.push(text)
  }
  const idToken = sharedTokens({ ask, now: () => clock.nowMs, mask, ahead: ahead && { audience: 'sts.amazonaws.com', token: ahead } })
  return { idToken, asked, masked, clock }
}

test('targets that sign in side by side share one token, and each uses the time that it takes', async () => {
  const { idToken, asked, masked } = github([token(300)])
  let loaded = 0
  const load = (): void => {
    loaded += 1
  }
  expect(await Promise.all([idToken('sts.amazonaws.com', load), idToken('sts.amazonaws.com', load)])).toEqual([token(300), token(300)])
  expect([asked, loaded, masked]).toEqual([['sts.amazonaws.com'], 2, [token(300)]])
})

test('a token is used again as long as it lasts a minute more', async () => {
  const { idToken, asked, clock } = github([token(300), token(600)])
  await idToken('sts.amazonaws.com')
  clock.nowMs += 230_000
  expect(await idToken('sts.amazonaws.com')).toBe(token(300))
  clock.nowMs += 20_000
  expect(await idToken('sts.amazonaws.com')).toBe(token(600))
  expect(asked).toHaveLength(2)
})

test('each audience has its own', async () => {
  const { idToken, asked } = github([token(300), token(300)])
  await Promise.all([idToken('sts.amazonaws.com'), idToken('sts.amazonaws.com.cn')])
  expect(asked).toEqual(['sts.amazonaws.com', 'sts.amazonaws.com.cn'])
})

test('what was refused, and what does not say when it ends, is asked for again', async () => {
  const { idToken, asked } = github([new Error('busy'), 'no.token.at-all', token(300)])
  await expect(idToken('sts.amazonaws.com')).rejects.toThrow('busy')
  expect([await idToken('sts.amazonaws.com'), await idToken('sts.amazonaws.com')]).toEqual(['no.token.at-all', token(300)])
  expect(asked).toHaveLength(3)
})

test('a token that was asked for ahead is given to who wants it, as long as it lasts, and to nobody of another audience', async () => {
  const { idToken, asked, clock } = github([token(600), token(700)], Promise.resolve(token(300)))
  expect([await idToken('sts.amazonaws.com'), await idToken('example.com')]).toEqual([token(300), token(600)])
  clock.nowMs += 250_000
  expect([await idToken('sts.amazonaws.com'), asked]).toEqual([token(700), ['example.com', 'sts.amazonaws.com']])
})

test('a token that was asked for ahead and that nobody wants is not even masked', async () => {
  const { masked } = github([], Promise.resolve(token(300)))
  await new Promise((resolve) => setImmediate(resolve))
  expect(masked).toEqual([])
})

test('a token that was asked for ahead in vain is asked for again', async () => {
  const ahead = Promise.reject(new Error('busy'))
  ahead.catch(() => undefined)
  const { idToken, asked } = github([token(300)], ahead)
  await new Promise((resolve) => setImmediate(resolve))
  expect([await idToken('sts.amazonaws.com'), asked]).toEqual([token(300), ['sts.amazonaws.com']])
})
