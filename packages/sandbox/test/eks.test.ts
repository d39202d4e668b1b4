import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks'
import { describe, expect, test } from '@jest/globals'
import { REGION, client, inCloud, member } from './support/cloud.ts'
import { presigned } from './support/presigned.ts'

describe('EKS', () => {
  test('describes a cluster of its region, and no other', () =>
    inCloud({ regions: [REGION, 'us-east-1'], clusters: [{ name: 'nonprod', region: REGION, namespaces: ['staging'] }] }, async (sandbox) => {
      const { cluster } = await new EKSClient(client(sandbox)).send(new DescribeClusterCommand({ name: 'nonprod' }))
      expect(cluster).toMatchObject({ name: 'nonprod', status: 'ACTIVE', endpoint: sandbox.clusters.get('nonprod')?.url, arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/nonprod' })
      expect(cluster?.certificateAuthority?.data).toBeUndefined()
      const elsewhere = new EKSClient(client(sandbox, 'us-east-1')).send(new DescribeClusterCommand({ name: 'nonprod' }))
      await expect(elsewhere).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'No cluster found for name: nonprod.' })
    }))

  test('a cluster takes the tokens that name it, of whoever is known to STS', () =>
    inCloud({ clusters: [{ name: 'nonprod', region: REGION, namespaces: ['staging'] }, { name: 'other', region: REGION, namespaces: [] }] }, async (sandbox) => {
      const authorization = `Bearer k8s-aws-v1.${Buffer.from(presigned(sandbox, 'nonprod')).toString('base64url')}`
      const read = (cluster: string, headers: Record<string, string>) => fetch(`${sandbox.clusters.get(cluster)?.url ?? ''}/api/v1/namespaces/staging`, { headers })
      expect(member(await (await read('nonprod', { authorization })).json(), 'metadata', 'name')).toBe('staging')
      const strangers = await Promise.all([read('other', { authorization }), read('nonprod', {}), read('nonprod', { authorization: 'Bearer k8s-aws-v1.aGVsbG8' })])
      expect(strangers.map(({ status }) => status)).toEqual([401, 401, 401])
    }))
})
