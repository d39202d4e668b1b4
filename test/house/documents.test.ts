import { expect, test } from '@jest/globals'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const documents = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md'), ...globSync('actions/*/README.md'), ...globSync('examples/**/README.md'), ...globSync('bench/*.md')]

test.each(documents)('the links of %s lead somewhere', (file) => {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link))
  expect(links.filter((link) => !leads(file, link))).toEqual([])
})

test('docs/project-file.md names every key of the project file', () => {
  const text = readFileSync('docs/project-file.md', 'utf8')
  const schema: unknown = JSON.parse(readFileSync('schema/slipway.schema.json', 'utf8'))
  expect([...new Set(keysOf(schema))].filter((key) => !new RegExp(`[\`., ]${key}\\b`).test(text))).toEqual([])
})

function leads(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : join(dirname(file), path)
  if (!existsSync(target)) return false
  return anchor === undefined || [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor)
}

/** As GitHub makes it from a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')
}

function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf)
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, value]: [string, unknown]) => [...(name === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []), ...keysOf(value)])
}
