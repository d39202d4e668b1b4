import { expect, test } from '@jest/globals'
import { inMarkdown, inert, markdownBlock } from '../src/index.ts'

test.each([
  ['##[set-output name=image]x', '## [set-output name=image]x'],
  ['build ##[error]late in the line', 'build ## [error]late in the line'],
  ['::add-mask::e', ': :add-mask::e'],
  [' \t\u00a0\ufeff::stop-commands::x', ' \t\u00a0\ufeff: :stop-commands::x'],
  ['progress\r::set-output name=a::b', 'progress\n: :set-output name=a::b'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b[2K::error::x', ': :error::x'],
  ['a\u0000#\u0007#[debug]x', 'a## [debug]x'],
  ['std::vector<int> stays', 'std::vector<int> stays'],
])('%j is printed as %j', (hostile, harmless) => {
  expect(inert(hostile)).toBe(harmless)
})

test('a name in a summary can break no table, tag, link or code', () => {
  expect(inMarkdown('a|b<script>`x`[y](z)')).toBe('a&#124;b&lt;script&gt;&#96;x&#96;&#91;y&#93;&#40;z&#41;')
})

test('a log excerpt in a summary cannot end its own block', () => {
  expect(markdownBlock('one\n````\n## forged')).toBe('`````text\none\n````\n## forged\n`````')
})
