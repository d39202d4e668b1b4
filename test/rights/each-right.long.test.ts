import { expect, jest, test } from '@jest/globals'
import { chain, type Seen } from './chain.ts'
import { readDocuments, rightsIn, type Documents } from './documents.ts'
import { usual } from './usual.ts'
import { startWorld } from './world.ts'

jest.setTimeout(120_000)

/** The first thing that goes another way than usual. */
async function missed(documents: Documents): Promise<Seen | undefined> {
  const world = await startWorld(documents)
  try {
    const expected = [...usual]
    for await (const seen of chain(world)) if (JSON.stringify(seen) !== JSON.stringify(expected.shift())) return seen
    return undefined
  } finally {
    await world.close()
  }
}

const failing = (...evidence: string[]): Seen => ({ step: 'a rollout that fails', told: ['1 rolled-back', 'warning', 'container-crashed', ...evidence] })

/** What it costs where a missing right ends no run. */
const costs: readonly (readonly [RegExp, Seen])[] = [
  [/BatchGetSecretValue$/, { step: 'config', told: ['0 changed', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'] }],
  [/get pods\/log$/, failing('node', 'events', 'brought: ')],
  [/get nodes$/, failing('log', 'hidden', 'events', 'brought: ')],
  ...['Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Ingress'].map((kind) => [new RegExp(`delete ${kind.slice(0, -1)}`, 'i'), failing('log', 'hidden', 'node', 'events', 'left', `brought: ${kind}`)] as const),
]

test.each(rightsIn(readDocuments()))('without "$grant" something is missed, and told', async ({ grant, without }) => {
  const seen = await missed(without)
  const cost = costs.find(([pattern]) => pattern.test(grant))?.[1]
  if (cost === undefined) expect(seen?.told.join()).toMatch(/access-denied|record-namespace-missing|build-failed|push-failed/)
  else expect(seen).toEqual(cost)
})
