import { expect, test } from '@jest/globals'
import { Problems } from '@slipway/report'
import fc from 'fast-check'
import { parseManifests } from '../src/manifests.ts'

const piece = fc.oneof(
  fc.constantFrom('apiVersion: v1\n', 'kind: Service\n', 'kind: List\n', 'items:\n', 'metadata: { name: cart }\n', 'metadata:\n', '  name: x\n', '- ', '{', '}', '[', ']', ': ', ', ', '? ', '&a ', '*a ', '<<: ', '!!binary ', '|\n', '---\n', '...\n', '%TAG ! x\n', '"', "'", '\t', '\0', '\ufeff', '.inf', '1.10', 'null\n', '__proto__: ', '\n'),
  fc.string({ maxLength: 6, unit: 'binary' }),
)

test('whatever a manifest file holds, each document is an object with its names as text, or told at its place', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const problems = new Problems()
      const documents = parseManifests([{ path: 'k8s/a.yaml', text: pieces.join('') }], problems)
      for (const { apiVersion, kind, name } of documents) expect([apiVersion, kind, name]).not.toContain('')
      for (const { code, at } of problems.all) expect([code, at]).toEqual(['manifest-invalid', expect.objectContaining({ file: 'k8s/a.yaml', line: expect.any(Number), column: expect.any(Number) })])
    }),
    { numRuns: 300 },
  )
})

test.each(['[', '{a: ', '- ', '? ', '&a [*a]', 'a: &a { b: *a }'])('a file that nests "%s", without an end or in itself, is told', (opening) => {
  const problems = new Problems()
  expect(parseManifests([{ path: 'k8s/a.yaml', text: opening.includes('*') ? opening : opening.repeat(30_000) }], problems)).toEqual([])
  expect(problems.all).toHaveLength(1)
})
