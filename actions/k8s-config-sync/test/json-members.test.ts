import { expect, test } from '@jest/globals'
import { jsonMembers } from '../src/json-members.ts'

test('the members of a JSON object become texts, numbers as they are written', () => {
  expect(jsonMembers('{"a":"x","n":1.10,"big":12345678901234567890,"o":{"p":1},"t":true,"z":null}')).toEqual(
    new Map([['a', 'x'], ['n', '1.10'], ['big', '12345678901234567890'], ['o', '{"p":1}'], ['t', 'true'], ['z', null]]),
  )
})

test.each(['', 'hunter2', '[1]', '"x"', 'null', '1'])('%j is no JSON object', (text) => {
  expect(jsonMembers(text)).toBeUndefined()
})
