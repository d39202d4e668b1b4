import { expect, test } from '@jest/globals'
import { startSandbox } from '@slipway/sandbox'
import { eksToken } from '../src/eks-token.ts'

test("a token opens the cluster that it was made for, and the cluster's administrator is who made it", async () => {
  const region = 'eu-west-1'
  const sandbox = await startSandbox({ account: '111122223333', regions: [region], clusters: [{ name: 'nonprod', region, namespaces: ['staging'] }] })
  try {
    const key = sandbox.staticCredentials()
    const tokenFor = (cluster: string): string => eksToken({ accessKeyId: key['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: key['AWS_SECRET_ACCESS_KEY'] ?? '' }, region, cluster, new Date())
    const answers = await Promise.all(['nonprod', 'prod'].map((cluster) => fetch(`${sandbox.clusters.get('nonprod')?.url ?? ''}/api/v1/namespaces/staging`, { headers: { authorization: `Bearer ${tokenFor(cluster)}` } })))
    expect(answers.map(({ status }) => status)).toEqual([200, 401])
  } finally {
    await sandbox.close()
  }
})
