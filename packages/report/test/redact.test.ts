import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { jsonLeaves, redact, redaction, secretForms } from '../src/index.ts'

const password = 'tr0ub4dor&3!'
const bytes = (text: string): Buffer => Buffer.from(text)

describe('a leaf of a JSON secret is redacted', () => {
  test.each([
    ['plain', `the password is ${password}`],
    ['URL', `postgres://u:${encodeURIComponent(password)}@db`],
    ['strict URL, lower case', 'postgres://u:tr0ub4dor%263%21@db'],
    ['form, every byte', `p=${[...bytes(password)].map((byte) => `%${byte.toString(16)}`).join('')}`],
    ['base64', bytes(password).toString('base64')],
    ['base64 of a neighbour', bytes(`user:${password}`).toString('base64')],
    ['base64 in a URL', `?auth=${encodeURIComponent(bytes(`ab${password}`).toString('base64'))}`],
    ['HTML-safe JSON', String.raw`{"password":"tr0ub4dor\u00263!"}`],
  ])('in its %s form', (_, text) => {
    for (const redacted of [redact(text, secretForms(JSON.stringify({ password }))), redaction([JSON.stringify({ password })])(text)]) {
      expect(redacted).toContain('***')
      expect(redacted).not.toMatch(/tr0ub|dHIwd|RyMHVi|0cjB1/)
    }
  })
})

test('each line of a key file is redacted, also where a JSON secret holds the file', () => {
  const key = '-----BEGIN-----\nMIIEowIB\n-----END-----'
  expect(redact('got MIIEowIB', secretForms(key))).toBe('got ***')
  expect(redaction([JSON.stringify({ key })])('got MIIEowIB\\n-----END-----, so')).not.toMatch(/MIIE|END/)
})

test('a JSON document inside a JSON secret has leaves too', () => {
  expect(redaction([JSON.stringify({ file: JSON.stringify({ token: 'deep-down' }) })])('token deep-down')).toBe('token ***')
})

test('a number is redacted as it is written and as it is read', () => {
  expect(jsonLeaves('{"pin":1234.50,"1999":"a"}')).toEqual(expect.arrayContaining(['1234.50', '1234.5', 'a']))
  expect(redaction(['{"account":12345678901234567890}'])('account 12345678901234567890')).toBe('account ***')
})

test('values that overlap or hold each other leave nothing of each other', () => {
  expect(redaction(['abcdef', 'defghi'])('<abcdefghi>')).toBe('<***>')
  expect(redaction(['hunter2', 'my-hunter2-long'])('my-hunter2-long hunter2')).toBe('*** ***')
  expect(redaction(['aaaa'])('aaaaaa')).toBe('***')
})

test('a mark never completes another value', () => {
  expect(redaction(['hunter22', 'is ***'])('it is hunter22')).not.toContain('is ***')
  expect(redaction(['hunter22', '****'])('hunter22*')).toBe('***')
})

test('what the ends of a text have cut of a value is redacted too', () => {
  const hide = redaction(['correct horse battery'])
  expect(hide('battery was wrong, not correct horse')).toBe('*** was wrong, not ***')
  expect(hide('abc correct')).toBe('abc ***')
  expect(hide('a correct guess')).toBe('a correct guess')
})

test('a value that is no text is redacted as base64 and as a log shows it', () => {
  const value = Uint8Array.from([0xff, 0xfe, 0x00, 0x41, 0x42, 0x43, 0x44, 0x9c])
  const hide = redaction([value])
  expect(hide(Buffer.from(value).toString('base64'))).toBe('***')
  expect(hide(`x ${new TextDecoder().decode(value)} y`)).toBe('x *** y')
})

test('base64 that a command has broken into lines is redacted', () => {
  const long = 'A long secret, of more characters than base64(1) puts into one of its lines; so it needs two.'
  const lines = bytes(long).toString('base64').replace(/.{76}/g, '$&\n')
  expect(redaction([long])(lines)).toBe('***\n***')
})

test('a short value blanks nothing', () => {
  expect(redaction(['abc', ''])('abcabcabc')).toBe('abcabcabc')
})

test('a file of thousands of lines is redacted from a long log, in a time that grows with it and not with its square', () => {
  const workOf = (lines: number): number => {
    const value = Array.from({ length: lines }, (_, line) => `line ${line} of a certificate that nobody reads`).join('\n')
    const log = `${'something else happened\n'.repeat(2 * lines)}${value.slice(1000, 2000)}`
    const before = process.cpuUsage()
    expect(redaction([value])(log)).not.toContain('of a certificate')
    return process.cpuUsage(before).user
  }
  workOf(500)
  expect(workOf(4000)).toBeLessThan(9 * workOf(1000))
})

const secretValue = fc.oneof(fc.string({ minLength: 4, unit: 'grapheme' }), fc.string({ minLength: 4, unit: fc.constantFrom('a', 'b', '*', '%', '+', ' ') }), fc.string({ minLength: 4, unit: 'binary' }))

test('no form of any value survives, wherever it stands, and however values overlap', () => {
  fc.assert(
    fc.property(fc.array(secretValue, { minLength: 1, maxLength: 4 }), fc.array(fc.oneof(fc.string(), fc.nat({ max: 200 })), { maxLength: 8 }), (values, parts) => {
      const forms = values.flatMap(secretForms)
      const text = parts.map((part) => (typeof part === 'string' ? part : forms[part % forms.length])).join('')
      const redacted = redaction(values)(text)
      expect(forms.filter((form) => redacted.includes(form))).toEqual([])
      expect(redaction(values)(redacted)).toBe(redacted)
    }),
    { numRuns: 1000 },
  )
})

test('no value survives in base64 at any offset or in URL encoding of any manner', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (value, before, after) => {
      const hide = redaction([value])
      const encoded = bytes(`${before}${value}${after}`).toString('base64')
      for (const text of [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')]) expect(hide(text)).toContain('***')
      const query = new URLSearchParams({ before, value, after }).toString()
      const shown = hide(query)
      expect(shown).not.toContain(`=${new URLSearchParams({ value }).toString().slice('value='.length)}&`)
      expect(shown).toContain('***')
    }),
    { numRuns: 500 },
  )
})

test('text without any value stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '%', '+', '\n', '4', '1') }), (text) => {
      expect(redaction(['secret-of-others'])(text)).toBe(text)
    }),
  )
})
