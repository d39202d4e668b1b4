import { expect, test } from '@jest/globals'
import { Failed } from '@slipway/report'
import fc from 'fast-check'
import { shown, unsafePath } from '../src/index.ts'
import { parseProject } from '../src/parse-project.ts'

/** Pieces of which YAML is made, and of what it stumbles over. */
const piece = fc.oneof(
  fc.constantFrom('version: 1\n', 'services:', 'environments:', 'cart:', ' ', '  ', '\n', '\n  ', '- ', '{', '}', '[', ']', ',', ': ', '? ', '&a ', '*a', '*a ', '<<: ', '!!binary ', '!x ', '|\n', '>-\n', '---\n', '...\n', '%YAML 1.1\n', '"', "'", '#', '\t', '\0', '\ufeff', '.nan', '1.10', '0o7', 'null', '~', '__proto__: ', 'constructor: ', '"\\u2028"', '\ud800'),
  fc.string({ maxLength: 6, unit: 'binary' }),
)
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

test('whatever a project file holds, it is read, or told at its places; never is it a crash', () => {
  fc.assert(
    fc.property(text, (content) => {
      try {
        parseProject(content, 'slipway.yml')
      } catch (error) {
        expect(error).toBeInstanceOf(Failed)
        if (!(error instanceof Failed)) return
        for (const { code, at } of error.failures) expect([code, at]).toEqual(['project-file-invalid', expect.objectContaining({ file: 'slipway.yml', line: expect.any(Number), column: expect.any(Number) })])
      }
    }),
    { numRuns: 300 },
  )
})

test.each(['[', '{a: ', '- ', '? '])('a file that nests "%s" without an end is told', (opening) => {
  expect(() => parseProject(opening.repeat(30_000), 'slipway.yml')).toThrow(Failed)
})

test('a part that holds itself is told', () => {
  expect(() => parseProject('version: &a [*a]\n', 'slipway.yml')).toThrow(Failed)
})

test('what is shown of a value is one line that is no command, and not long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (value) => {
      expect(shown(value)).toMatch(/^"[^\r\n]{0,80}"$/)
      expect(shown(value)).not.toContain('##[')
    }),
  )
})

test('a path that is safe stays inside, whatever it is put behind', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('..', '.', '/', 'a', '\\', '~', '-', '\n', 'C:'), { maxLength: 6 }), (parts) => {
      const path = parts.join('')
      if (unsafePath(path) !== undefined) return
      expect(new URL(`./${path}`, 'file:///work/').pathname.startsWith('/work/')).toBe(true)
    }),
  )
})
