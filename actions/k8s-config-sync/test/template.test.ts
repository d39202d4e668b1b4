import { expect, test } from '@jest/globals'
import { Problems, placeText } from '@slipway/report'
import { fillTemplate } from '../src/template.ts'

const variables = { A: 'x"\n', B: '8080' }

function filled(file: string, text: string): string {
  const problems = new Problems()
  const result = fillTemplate(text, file, variables, problems)
  expect(problems.all).toEqual([])
  return result
}

test('in JSON only string values change, and everything else stays byte for byte', () => {
  expect(filled('a.json', '{ "${A}":   ["${A}", 1.10, "$${A}"],\n\t"b":"${B}" }\n')).toBe('{ "${A}":   ["x\\"\\n", 1.10, "${A}"],\n\t"b":"8080" }\n')
})

test('in YAML a value cannot become anything but text, and comments stay', () => {
  expect(filled('a.yml', '# ${A}\na: ${B} # keep\nb: \'${B}\'\nc: |\n  line ${B}\nd: 1\n')).toBe('# ${A}\na: "8080" # keep\nb: "8080"\nc: "line 8080\\n"\nd: 1\n')
})

test('any other text is one string', () => {
  expect(filled('a.properties', 'a=${B}\nb=$${B}')).toBe('a=8080\nb=${B}')
})

test.each([
  ['a.json', '{\n "a": "${C}" }', 'a.json:2:7'],
  ['a.txt', 'x\ny ${C}', 'a.txt:2:3'],
  ['a.yml', 'a: ok\nb: "${C}"\n', 'a.yml:2:4'],
])('an undefined variable is told at its place (%s)', (file, text, place) => {
  const problems = new Problems()
  fillTemplate(text, file, variables, problems)
  expect(problems.all.map(({ at, what }) => `${at ? placeText(at) : ''} ${what}`)).toEqual([`${place} the variable C has no value`])
})
