import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { redact, secretForms } from '../src/index.ts'

test.each([
  ['plain', 'the password is tr0ub4dor&3!'],
  ['URL', `postgres://u:${encodeURIComponent('tr0ub4dor&3!')}@db`],
  ['base64', Buffer.from('tr0ub4dor&3!').toString('base64')],
  ['base64 of a neighbour', Buffer.from('user:tr0ub4dor&3!').toString('base64')],
])('a leaf of a JSON secret is redacted in its %s form', (_, text) => {
  const redacted = redact(text, secretForms('{"password":"tr0ub4dor&3!"}'))
  expect(redacted).toContain('***')
  expect(redacted).not.toContain('tr0ub4dor')
})

test('each line of a key file is redacted', () => {
  expect(redact('got MIIEowIB', secretForms('-----BEGIN-----\nMIIEowIB\n-----END-----'))).toBe('got ***')
})

test('no value of four characters and more survives, wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'grapheme-ascii' }), fc.string(), fc.string(), (secret, before, after) => {
      const redacted = redact(`${before}${secret}${after}`, secretForms(secret))
      expect(redacted.includes(secret) && !before.includes(secret) && !after.includes(secret) && !'***'.includes(secret) ? redacted : '').toBe('')
    }),
  )
})
