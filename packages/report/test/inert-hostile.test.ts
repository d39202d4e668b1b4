import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failureText, inMarkdown, inert, inertLine, markdownBlock, markdownTable } from '../src/index.ts'

/** What the runner, a screen or Markdown obeys, broken up in every way. */
const piece = fc.oneof(
  fc.constantFrom('##', '#', '[', '##[', '::', ':', '::error::', 'add-mask', '\r', '\n', '\r\n', '\u2028', '\u0085', '\u00a0', '\ufeff', '\u200b', ' ', '\t', '\u001b[0m', '\u001b', '\u001b]0;x\u0007', '\u009b', '\0', '|', '`', '```', '<b>', '&lt;', '\\', '# ', '- ', '%0A'),
  fc.string({ maxLength: 4, unit: 'binary' }),
)
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
/** As actions/runner reads a line: .NET trims every white space, and ends a line at CR, LF or both. */
const obeyed = (printed: string): string[] => printed.split(/\r\n|\r|\n/).filter((line) => line.includes('##[') || line.replace(/^[\s\u0085\u180e\ufeff]+/, '').startsWith('::'))

test('no line of inert text is one that the runner would obey, or that rules the screen', () => {
  fc.assert(
    fc.property(text, (hostile) => {
      expect(obeyed(inert(hostile))).toEqual([])
      expect(inert(hostile)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
      expect(inert(inert(hostile))).toBe(inert(hostile))
      expect(obeyed(inertLine(hostile))).toEqual([])
      expect(inertLine(hostile)).not.toMatch(/[\r\n]/)
    }),
    { numRuns: 500 },
  )
})

test('no text in a cell of a table is another cell, line, tag or code', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const rows = markdownTable(['x', 'y'], [[inMarkdown(a), inMarkdown(b)]]).split('\n')
      expect(rows).toHaveLength(3)
      expect(rows[2]?.match(/\|/g)).toHaveLength(3)
      expect(rows[2]).not.toMatch(/[<>`*_[\]\\~]|##\[/)
    }),
    { numRuns: 500 },
  )
})

test('no line of a block ends it', () => {
  fc.assert(
    fc.property(text, (hostile) => {
      const [opening = '', ...lines] = markdownBlock(hostile).split('\n')
      const fence = opening.replace(/text$/, '')
      const ending = new RegExp(`^ {0,3}${fence}\`*\\s*$`)
      expect(lines.map((line) => ending.test(line)).indexOf(true)).toBe(lines.length - 1)
      expect(obeyed(lines.join('\n'))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('a failure made of hostile texts holds no command', () => {
  fc.assert(
    fc.property(text, text, (what, why) => {
      expect(obeyed(inert(failureText({ code: 'bug', what, why, next: 'x' })))).toEqual([])
    }),
  )
})
