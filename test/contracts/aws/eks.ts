import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks'
import { describe, expect, test } from '@jest/globals'
import type { OpenAccount } from './served.ts'

/** The right to describe a cluster is left out: moto gives it to everyone. */
export function eks(opened: () => OpenAccount): void {
  describe('EKS', () => {
    test('tells where a cluster is, and its authority', async () => {
      const { account, region, cluster: { name, endpoint, ca } } = opened()
      const described = await (await opened().eks()).describe(name)
      expect(described).toEqual({ endpoint, arn: `arn:aws:eks:${region}:${account}:cluster/${name}`, ...(ca === undefined ? {} : { ca }) })
    })

    test('describes a cluster that is there and serves', async () => {
      const { cluster: { name }, session } = opened()
      const { cluster } = await new EKSClient(await (await session()).settings('EKS')).send(new DescribeClusterCommand({ name }))
      expect(cluster).toMatchObject({ name, status: 'ACTIVE', version: '1.35', identity: { oidc: { issuer: expect.stringMatching(/^https:\/\/oidc\.eks\./) } } })
    })

    test.each([
      ['nobody has made', 'nowhere', false],
      ['is in another region', undefined, true],
    ])('does not know a cluster that %s', async (_, named, away) => {
      const { account, region, elsewhere, cluster, session } = opened()
      const [name, at] = [named ?? cluster.name, away ? elsewhere : region]
      await expect((await opened().eks(at)).describe(name)).rejects.toMatchObject({ failures: [{ code: 'cluster-missing', what: `there is no EKS cluster ${name} in ${at} of account ${account}` }] })
      const raw = new EKSClient(await (await session()).in(at).settings('EKS')).send(new DescribeClusterCommand({ name }))
      await expect(raw).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `No cluster found for name: ${name}.`, $metadata: { httpStatusCode: 404, attempts: 1 } })
    })
  })
}
