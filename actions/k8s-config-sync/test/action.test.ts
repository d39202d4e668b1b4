import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { declaredInputs } from '../src/inputs.ts'

test('the action describes exactly the inputs that it reads', () => {
  const action: unknown = parse(readFileSync(join(import.meta.dirname, '..', 'action.yml'), 'utf8'))
  expect(action).toHaveProperty('inputs', Object.fromEntries(declaredInputs.map((name) => [name, expect.objectContaining({ description: expect.any(String) })])))
})
