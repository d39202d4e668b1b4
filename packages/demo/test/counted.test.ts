import { expect, test } from '@jest/globals'
import { Ledger } from '@slipway/sandbox'
import { countedSince, writesOf } from '../src/counted.ts'

function ledgerOf(...exchanges: [server: string, operation: string, write: boolean][]): Ledger {
  const ledger = new Ledger()
  for (const [server, operation, write] of exchanges) ledger.exchanges.push({ server, operation, write, status: 200, atMs: 0 })
  return ledger
}

test('a server that was spoken to before is shown with zeros when it saw nothing since', () => {
  const ledger = ledgerOf(['registry', 'registry:PUT manifest', true], ['sts', 'sts:GetCallerIdentity', false])
  expect(countedSince(ledger, 1)).toEqual([
    { server: 'registry', reads: 0, writes: 0, wrote: [] },
    { server: 'sts', reads: 1, writes: 0, wrote: [] },
  ])
})

test('writes are counted by operation, and summed over the servers that are named', () => {
  const counts = countedSince(ledgerOf(['ecr', 'ecr:PutImage', true], ['kubernetes:nonprod', 'PATCH deployments', true], ['kubernetes:nonprod', 'PATCH deployments', true]), 0)
  expect(counts.map(({ wrote }) => wrote)).toEqual([['ecr:PutImage ×1'], ['PATCH deployments ×2']])
  expect([writesOf(counts), writesOf(counts, 'ecr'), writesOf(counts, 'registry')]).toEqual([3, 1, 0])
})
