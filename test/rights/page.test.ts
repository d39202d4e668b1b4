import { expect, test } from '@jest/globals'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readDocuments, rightsIn } from './documents.ts'

const page = readFileSync('docs/rights.md', 'utf8')

test('the page of rights names every right that the documents grant, and shows every document', () => {
  const words = rightsIn(readDocuments()).map(({ grant }) => (grant.includes(':') ? (grant.split(':').at(-1) ?? '') : (grant.split(' ').at(-1) ?? '').split('.')[0]))
  expect([...new Set(words)].filter((word) => word === undefined || !page.includes(word))).toEqual([])
  expect(globSync('docs/{iam,rbac}/*').filter((file) => !page.includes(`(${file.replace('docs/', '')})`) && !page.includes(`docs/rbac/${basename(file)}`))).toEqual([])
})

test('every file that the page leads to is there', () => {
  const links = [...page.matchAll(/\]\(([\w/.-]+)\)/g)].map(([, path = '']) => path)
  expect(links.filter((path) => globSync(`docs/${path}`).length === 0)).toEqual([])
})
