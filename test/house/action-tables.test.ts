import { expect, test } from '@jest/globals'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { withTables } from './action-tables.ts'

const actions = globSync('actions/*/action.yml').map((file) => dirname(file)).sort()

test.each(actions)('the tables in the README of %s are those of its action.yml (npm run docs writes them)', (folder) => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  expect(readme).toBe(withTables(readme, readFileSync(join(folder, 'action.yml'), 'utf8')))
})

test.each(actions)('%s declares the inputs that it reads, and runs its own bundle', (folder) => {
  const description: unknown = parse(readFileSync(join(folder, 'action.yml'), 'utf8'))
  const source = readFileSync(join(folder, 'src/inputs.ts'), 'utf8')
  const list = /export const declaredInputs = \[([^\]]*)\]/.exec(source)?.[1] ?? ''
  const read = [...list.matchAll(/'([a-z-]+)'/g)].map((match) => match[1])
  expect(description).toMatchObject({ runs: { using: 'node24', main: `../../dist/${basename(folder)}/index.js` } })
  expect(namesIn(description, 'inputs').sort()).toEqual(read.sort())
  const entry = ['main.ts', 'action.ts'].map((file) => join(folder, 'src', file)).filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8')).join('\n')
  const written = [...(/outputs: \[([^\]]*)\]/.exec(entry)?.[1] ?? '').matchAll(/'([a-z-]+)'/g)].map((match) => match[1])
  expect(namesIn(description, 'outputs').sort()).toEqual(['outcome', 'result', ...written].sort())
})

function namesIn(description: unknown, key: string): string[] {
  const block: unknown = typeof description === 'object' && description !== null ? Object.entries(description).find(([name]) => name === key)?.[1] : undefined
  return typeof block === 'object' && block !== null ? Object.keys(block) : []
}
