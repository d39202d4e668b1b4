import { expect, test } from '@jest/globals'
import { failureCodes } from '@slipway/report'
import { globSync, readFileSync } from 'node:fs'

const rows = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm)]

test('docs/errors.md explains every code, and none that does not exist', () => {
  expect(rows.map(([, code, meaning]) => [code, meaning])).toEqual(Object.entries(failureCodes))
})

test('it says for each code what to do', () => {
  expect(rows.filter(([, , , next = '']) => !/^[A-Z].{15,}\.$/.test(next)).map(([, code]) => code)).toEqual([])
})

test('every code is given by some source', () => {
  const sources = globSync(['packages/*/src/**/*.ts', 'actions/*/src/**/*.ts'])
    .filter((file) => !file.endsWith('report/src/codes.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  expect(Object.keys(failureCodes).filter((code) => !sources.includes(`'${code}'`))).toEqual([])
})
