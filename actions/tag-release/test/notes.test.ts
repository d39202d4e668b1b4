import { expect, test } from '@jest/globals'
import { notesOf } from '../src/notes.ts'

const changes = (...messages: string[]) => messages.map((message, index) => ({ sha: String(index + 1).repeat(40).slice(0, 40), message, committedAt: '2026-01-01T00:00:00Z' }))

test('changes stand in groups, each once, the newest first, below what the user wrote', () => {
  expect(notesOf({ above: 'Hello\n', service: 'cart', previousTag: 'cart/v1.0.0', changes: changes('feat(api): a', 'fix: b\n\nlong', 'feat!: c', 'd', 'Merge branch main', 'perf: e') })).toBe(
    ['Hello', '', '### Breaking changes', '', '- c (3333333)', '', '### Features', '', '- **api:** a (1111111)', '', '### Fixes', '', '- e (6666666)', '- b (2222222)', '', '### Other changes', '', '- d (4444444)', '', 'Since cart/v1.0.0, only what touched cart.'].join('\n'),
  )
})

test('a first version, and one without changes, say so', () => {
  expect(notesOf({ above: '', changes: [] })).toBe('The first version.')
  expect(notesOf({ above: ' ', previousTag: 'v1.0.0', changes: [] })).toBe('Nothing changed.\n\nSince v1.0.0.')
})

test('a hostile message is text: no HTML, no Markdown, no table, no command, and nobody is called', () => {
  const notes = notesOf({ above: '', previousTag: 'v1.0.0', changes: changes('feat(<b>): ::error::forged <img src=x> [a](http://evil) `c` | @alice #1 \u001b[31m', '::add-mask::x', '##[set-output name=tag]x\rfix: y') })
  expect(notes).not.toMatch(/<(?!\/)|^\s*::|##\[|\u001b|\r|`|\||@a|\]\(/m)
  expect(notes).toContain('@\u2060alice')
})

test('notes stay shorter than GitHub takes', () => {
  const notes = notesOf({ above: 'x'.repeat(50_000), previousTag: 'v1.0.0', changes: changes(...Array.from({ length: 2000 }, (_, index) => `feat: ${'<'.repeat(500)} ${index}`)) })
  expect(notes.length).toBeLessThan(125_000)
  expect(notes).toMatch(/and \d+ more lines\n\nSince v1\.0\.0\.$/)
})
