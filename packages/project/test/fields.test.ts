import { describe, expect, test } from '@jest/globals'
import { serviceRule } from '@slipway/release'
import { Problems, failureText } from '@slipway/report'
import { choice, durationMs, flag, keyValues, lines, named, names, readShared, required, safePath, suggestion, text, unknownInputs } from '../src/index.ts'

function told<T>(read: (problems: Problems) => T): { value: T; problems: string[] } {
  const problems = new Problems()
  const value = read(problems)
  return { value, problems: problems.all.map(failureText) }
}

test('a blank input is absent, or missing where it is required', () => {
  expect(told((problems) => text({ a: '  ' }, 'a', problems))).toEqual({ value: undefined, problems: [] })
  expect(told((problems) => required({}, 'a', problems)).problems).toEqual([expect.stringMatching(/^the input "a" is missing.*\[input-missing\]$/)])
})

test.each(['--server=http://evil', '-o', 'a\n::add-mask::e'])('text that could do more than name something is refused: %j', (value) => {
  const { value: read, problems } = told((collected) => text({ a: value }, 'a', collected))
  expect(read).toBeUndefined()
  expect(problems).toHaveLength(1)
  expect(problems.join('')).not.toMatch(/\n/)
})

test('a wrong word is told with the words there are and the one that was meant', () => {
  const { value, problems } = told((collected) => choice({ phase: 'preflihgt' }, 'phase', collected, ['preflight', 'deploy'], 'deploy'))
  expect(value).toBe('deploy')
  expect(problems).toEqual(['the input "phase" is "preflihgt": it must be one of: preflight, deploy. Write "preflight", if that is what you meant. [input-invalid]'])
})

test.each([
  ['mode', ['role', 'from'], undefined],
  ['rols', ['role', 'from'], 'role'],
  ['imgae', ['image'], 'image'],
  ['targets', ['target'], 'target'],
  ['enviroment', ['environment'], 'environment'],
])('of %j and %j the one that was meant is %j', (given, known, meant) => {
  expect(suggestion(given, known)).toBe(meant)
})

test('names are parted by commas and lines, each once, each by its rule', () => {
  expect(told((problems) => names({ a: 'cart, web\n cart ,,' }, 'a', problems, serviceRule))).toEqual({ value: ['cart', 'web'], problems: [] })
  expect(told((problems) => names({ a: 'cart,-x,Web' }, 'a', problems, serviceRule))).toMatchObject({ value: ['cart'], problems: { length: 2 } })
})

test('a flag is true or false, and nothing like them', () => {
  expect(told((problems) => [flag({ a: 'true' }, 'a', problems, false), flag({ a: 'false' }, 'a', problems, true), flag({}, 'a', problems, true)])).toEqual({
    value: [true, false, true],
    problems: [],
  })
  expect(told((problems) => flag({ a: 'True' }, 'a', problems, false)).problems).toHaveLength(1)
})

describe('numbers and spans of time', () => {
  test.each([
    ['10s', 10_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['90', 90_000],
  ])('%s is %d ms', (value, expected) => {
    expect(told((problems) => durationMs({ a: value }, 'a', problems))).toEqual({ value: expected, problems: [] })
  })

  test.each(['10parsec', '-1', '1e9', 'NaN', '1.5s', '10 s'])('%s is no span', (value) => {
    expect(told((problems) => durationMs({ a: value }, 'a', problems))).toMatchObject({ value: undefined, problems: { length: 1 } })
  })

  test('a span outside its bounds is told with the bound', () => {
    expect(told((problems) => durationMs({ a: '2h' }, 'a', problems, { most: 3_600_000 })).problems.join('')).toContain('3600s at most')
  })
})

test('keys and values keep the value verbatim, and no problem shows a value', () => {
  expect(told((problems) => keyValues({ a: 'A=b=c\nB=' }, 'a', problems))).toEqual({ value: new Map([['A', 'b=c'], ['B', '']]), problems: [] })
  const { problems } = told((collected) => keyValues({ a: 'A=hunter2\nA=hunter3\n=hunter4' }, 'a', collected))
  expect(problems).toHaveLength(2)
  expect(problems.join('')).not.toContain('hunter')
})

test.each([
  ['NPM_TOKEN hunter2hunter2', 'NPM_TOKEN…'],
  ['PASSWORD: hunter2hunter2', 'PASSWORD…'],
  ['PASSWORD: hunter2=hunter2', 'PASSWORD…'],
  ['PASSWORD hunter2=', 'PASSWORD…'],
  ['hunter2hunter2', '…'],
  ['=hunter2', '…'],
])('%j is told by its key alone, whatever parts key and value', (line, shown) => {
  expect(told((problems) => keyValues({ a: `A=1\n\n${line}` }, 'a', problems))).toMatchObject({ value: new Map([['A', '1']]), problems: [expect.stringMatching(`^the input "a" is "${shown}": its line 3 is no KEY=VALUE. [^2]*$`)] })
})

test('lines are trimmed and blank ones are left out', () => {
  expect(lines({ a: 'x\r\n\n  y ' }, 'a')).toEqual(['x', 'y'])
})

test.each(['../x', '/etc/passwd', '-x', 'a/../../b', 'C:\\x', 'a\\b', '~/x'])('%s is no path that stays inside', (value) => {
  expect(told((problems) => safePath({ a: value }, 'a', problems))).toMatchObject({ value: undefined, problems: { length: 1 } })
})

test('a name is read by its rule', () => {
  expect(told((problems) => named({ a: 'cart' }, 'a', problems, serviceRule)).value).toBe('cart')
  expect(told((problems) => named({ a: 'Cart' }, 'a', problems, serviceRule)).problems).toHaveLength(1)
})

test('an unknown input is told with the one that was meant', () => {
  expect(told((problems) => {
    unknownInputs({ unknown: ['enviroment'] }, ['environment', 'services'], problems)
  }).problems).toEqual([expect.stringContaining('Write "environment"')])
})

test('the shared inputs are read at once, with every problem', () => {
  const { value, problems } = told((collected) => readShared({ values: { services: 'cart', environment: 'staging', targets: 'eu', 'dry-run': 'true', 'expected-account': '111122223333' } }, collected))
  expect(problems).toEqual([])
  expect(value).toEqual({ projectFile: 'slipway.yml', services: ['cart'], environment: 'staging', targets: ['eu'], expectedAccount: '111122223333', phase: 'deploy', dryRun: true, refused: [] })
  expect(
    told((collected) => readShared({ values: { services: 'all,cart', environment: 'X', region: 'r', role: 'r', phase: 'x', 'dry-run': 'yes', 'project-file': '../x' } }, collected)).problems,
  ).toHaveLength(7)
})
