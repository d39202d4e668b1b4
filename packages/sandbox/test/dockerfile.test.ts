import { describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readContext } from '../src/buildx/context.ts'
import { expanded, parseDockerfile, wordsOf } from '../src/buildx/dockerfile.ts'

describe('variables in an instruction', () => {
  const values: Record<string, string> = { A: 'one', EMPTY: '' }
  test.each([
    ['$A-${A}', 'one-one'],
    ['${NO:-$A}', 'one'],
    ['${EMPTY:-other} ${EMPTY-other}', 'other '],
    ['${A:+set}${NO:+set}', 'set'],
    ['\\$A \\${A}', '$A ${A}'],
    ['"$A b" \'$A\'', 'one b $A'],
    ['$NO', ''],
  ])('%s becomes %s', (word, expected) => {
    expect(expanded(word, (name) => values[name])).toBe(expected)
  })

  test('one that only newer engines know is refused', () => {
    expect(() => expanded('${A#pattern}', (name) => values[name])).toThrow('a real engine is needed')
  })
})

test('quotes hold words together', () => {
  expect(wordsOf('A="b c" D=e\\ f \'g h\'')).toEqual(['A="b c"', 'D=e\\ f', "'g h'"])
})

test('an instruction keeps the line where it begins, through comments, continuations and here-documents', () => {
  const { stages, globalArgs } = parseDockerfile('# first\nARG A=1\nfrom scratch as Base\nENV B=1 \\\n  # between\n\n  C=2\nRUN <<END\nFROM nothing\nEND\nCMD x')
  expect(globalArgs).toEqual([{ keyword: 'ARG', text: 'A=1', line: 2 }])
  expect(stages.map(({ name, instructions }) => [name, instructions.map(({ keyword, line }) => `${keyword} ${line}`)])).toEqual([['base', ['ENV 4', 'RUN 8', 'CMD 11']]])
  expect(stages[0]?.instructions[0]?.text).toMatch(/^B=1\s+C=2$/)
})

test('.dockerignore leaves out and takes back in, the last rule decides', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-context-'))
  for (const path of ['docs/a.md', 'docs/keep.md', 'src/deep/x.log', 'src/x.js', 'x.log', 'node_modules/a/index.js']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), path)
  }
  writeFileSync(join(folder, '.dockerignore'), '# comment\n/docs/\n!docs/keep.md\n**/*.log\nnode_modules\n.dockerignore\n')
  const tree = readContext(folder, join(folder, 'Dockerfile'))
  rmSync(folder, { recursive: true })
  expect([...tree.keys()]).toEqual(['docs/keep.md', 'src', 'src/deep', 'src/x.js'])
})
