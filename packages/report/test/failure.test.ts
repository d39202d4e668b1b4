import { expect, test } from '@jest/globals'
import { Failed, Problems, failureText, type Failure } from '../src/index.ts'

const failure: Failure = {
  code: 'file-missing',
  what: 'the file cart.env does not exist.',
  at: { file: 'slipway.yml', line: 12, column: 7 },
  why: 'env-files are looked up in the configuration folder',
  next: 'add it, or remove the line',
}

test('a failure says where, what, why, what to do and its code in one line', () => {
  expect(failureText(failure)).toBe(
    'slipway.yml:12:7: the file cart.env does not exist: env-files are looked up in the configuration folder. Add it, or remove the line. [file-missing]',
  )
})

test('all problems are told at once', async () => {
  const problems = new Problems()
  problems.add(failure)
  problems.try(() => {
    throw new Failed(failure, failure)
  })
  await problems.tryAsync(() => Promise.reject(new Failed(failure)))
  expect(problems.all).toHaveLength(4)
  expect(() => {
    problems.throwIfAny()
  }).toThrow(Failed)
})

test('a bug is not taken for a problem of the user', () => {
  expect(() => new Problems().try(() => new URL('no url'))).toThrow('Invalid URL')
})
