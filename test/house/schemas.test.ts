import { expect, test } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import { schemaFiles } from './schemas.ts'

test('the schemas are those of the code (npm run docs writes them)', async () => {
  const files = await schemaFiles()
  expect(readdirSync('schema').sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(readFileSync(`schema/${name}`, 'utf8')).toBe(text)
})
