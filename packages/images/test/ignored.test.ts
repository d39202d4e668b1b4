import { expect, test } from '@jest/globals'
import { ignoreRules } from '../src/ignored.ts'

test.each([
  ['node_modules', 'node_modules/a/b.js', true],
  ['node_modules', 'sub/node_modules', false],
  ['**/node_modules', 'sub/node_modules/x', true],
  ['*.md\n!README.md', 'README.md', false],
  ['*.md\n!README.md', 'CHANGES.md', true],
  ['readme', 'README', false],
  ['# comment\n/build/', 'build/x', true],
  ['a+b', 'aab', false],
  ['a+b', 'a+b', true],
  ['(x)', '(x)', true],
  ['(x', '(x', true],
  ['{a,b}', 'a', false],
  ['\uFEFFsecret', 'secret', true],
  ['file[0-9]', 'file7', true],
])('%j and %s: left out is %s', (text, path, left) => {
  expect(ignoreRules(text).ignores(path)).toBe(left)
})
