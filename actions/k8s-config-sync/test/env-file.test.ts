import { expect, test } from '@jest/globals'
import { Problems, placeText } from '@slipway/report'
import { parseEnvFile } from '../src/env-file.ts'

test('an env-file is read as kubectl reads it: values verbatim, comments and blank lines left out', () => {
  const problems = new Problems()
  const entries = parseEnvFile('\ufeff# note\n\n  A=b\r\nQUOTED="x y" \nEMPTY=\nURL=a=b#c\n.dot-1=x\n', 'a.env', problems)
  expect(problems.all).toEqual([])
  expect(entries.map(({ key, value }) => [key, value])).toEqual([['A', 'b'], ['QUOTED', '"x y" '], ['EMPTY', ''], ['URL', 'a=b#c'], ['.dot-1', 'x']])
  expect(entries.map(({ at }) => placeText(at))).toEqual(['a.env:3:3', 'a.env:4:1', 'a.env:5:1', 'a.env:6:1', 'a.env:7:1'])
})

test('each line that is no KEY=VALUE is told at its place, without showing it', () => {
  const problems = new Problems()
  parseEnvFile('A=1\nhunter2\n1A=x\nB =x\nA=2\n=x\n', 'a.env', problems)
  expect(problems.all.map(({ at, what }) => `${at ? placeText(at) : ''} ${what}`)).toEqual([
    'a.env:2:1 a line of the env-file has no "="',
    'a.env:3:1 a line of the env-file begins with no name of a variable',
    'a.env:4:1 a line of the env-file begins with no name of a variable',
    'a.env:5:1 a name stands twice in the env-file',
    'a.env:6:1 a line of the env-file begins with no name of a variable',
  ])
})
