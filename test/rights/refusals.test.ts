import { expect, jest, test } from '@jest/globals'
import { textAt } from '@slipway/rollout'
import { checkOutShop } from '../bundles/cluster.ts'
import { errorsOf } from '../bundles/bench.ts'
import { readDocuments } from './documents.ts'
import { claimsOf, startWorld } from './world.ts'

jest.setTimeout(60_000)

/** What a preflight of the shop tells, where nothing of docs/rbac was applied but to these namespaces. */
async function told(...namespaces: readonly string[]): Promise<string[]> {
  const { iam, rbac } = readDocuments()
  const world = await startWorld({ iam, rbac: rbac.filter((object) => namespaces.includes(textAt(object, 'metadata', 'namespace') ?? textAt(object, 'metadata', 'name') ?? '')) })
  try {
    const rollout = await world.machine('k8s-rollout', claimsOf('deploy', 'environment:staging'))
    checkOutShop(rollout)
    const end = await rollout.step({ services: 'web', environment: 'staging', phase: 'preflight' })
    expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'refused'])
    return errorsOf(end)
  } finally {
    await world.close()
  }
}

test('a cluster without docs/rbac/records.yaml is told as one problem, which names the file', async () => {
  expect(await told('staging')).toEqual([expect.stringMatching(/^::error title=record-namespace-missing::the namespace slipway for the release records may not be seen, or does not exist, in the target eu.*`kubectl apply -f docs\/rbac\/records\.yaml`/)])
})

test('a target without docs/rbac/deploy.yaml is told as one problem, which names the file', async () => {
  expect(await told('slipway')).toEqual([expect.stringMatching(/^::error title=access-denied::.*the role may not see the namespace staging: .*`kubectl apply -f docs\/rbac\/deploy\.yaml`.*docs\/rights\.md/)])
})
