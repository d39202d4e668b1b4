import { expect, test } from '@jest/globals'
import { count, duration, list, markdownTable, size, textTable } from '../src/index.ts'

test.each([
  [420, '420 ms'],
  [3260, '3.2 s'],
  [59_999, '59.9 s'],
  [125_000, '2 min 5 s'],
  [4_200_000, '1 h 10 min'],
])('%d ms reads %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text)
})

test('numbers, lists and sizes read as a person would say them', () => {
  expect([count(1, 'service'), count(3, 'service'), list(['a', 'b', 'c']), size(512), size(1_468_006)]).toEqual([
    '1 service', '3 services', 'a, b and c', '512 B', '1.4 MiB',
  ])
})

test('tables line up in a log and render in a summary', () => {
  expect(textTable([['cart', 'healthy'], ['web', 'unchanged']])).toBe('cart  healthy\nweb   unchanged')
  expect(markdownTable(['service'], [['cart']])).toBe('| service |\n| --- |\n| cart |')
})
