import { expect, jest, test } from '@jest/globals'
import { chain, type Seen } from './chain.ts'
import { readDocuments, rightsIn } from './documents.ts'
import { usual } from './usual.ts'
import { startWorld } from './world.ts'

jest.setTimeout(60_000)

test('the shop goes its whole way with the rights of docs/iam and docs/rbac, and uses every single one of them', async () => {
  const documents = readDocuments()
  const world = await startWorld(documents)
  try {
    const all: Seen[] = []
    for await (const seen of chain(world)) all.push(seen)
    expect(all).toEqual(usual)
    // Whatever was asked for without being granted was denied, which would have been seen above.
    const granted = rightsIn(documents).map(({ grant }) => grant)
    expect([...world.sandbox.exercised].sort()).toEqual([...new Set(granted)].sort())
    expect(granted).toHaveLength(new Set(granted).size)
  } finally {
    await world.close()
  }
})
