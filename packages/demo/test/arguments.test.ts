import { expect, test } from '@jest/globals'
import { wishOf } from '../src/arguments.ts'

test('without arguments the demo ends with its story', () => {
  expect(wishOf([])).toEqual({ serve: false })
})

test('--serve leaves the sandbox running', () => {
  expect(wishOf(['--serve'])).toEqual({ serve: true })
})

test('every argument that is not known is named, with the right use', () => {
  expect(() => wishOf(['--serv', '--serve', 'staging'])).toThrow('The demo does not know "--serv", "staging". Use: npm run demo [-- --serve]')
})
