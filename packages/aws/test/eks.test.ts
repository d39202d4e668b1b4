import { describe, expect, test } from '@jest/globals'
import { awsFault, type Sandbox } from '@slipway/sandbox'
import { eksToken, openEks, type EksCluster } from '../src/index.ts'
import { failureOf, inCloud, operations, region, role, signedIn } from './bed.ts'

const clusters = [{ name: 'nonprod', region, namespaces: ['staging'] }]

async function described(sandbox: Sandbox, name = 'nonprod'): Promise<EksCluster> {
  return openEks(await signedIn(sandbox), { signal: new AbortController().signal }).describe(name)
}

function answers(sandbox: Sandbox, cluster: Record<string, unknown>): void {
  sandbox.ledger.script({ server: 'eks', operation: /DescribeCluster/, effect: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ cluster }) } })
}

describe('a cluster', () => {
  test('is described with the endpoint and the authority as PEM', () =>
    inCloud({ clusters }, async (sandbox) => {
      const { endpoint, arn, ca } = await described(sandbox)
      expect([endpoint, arn, ca]).toEqual([sandbox.clusters.get('nonprod')?.url, 'arn:aws:eks:eu-west-1:111122223333:cluster/nonprod', undefined])
      answers(sandbox, { status: 'UPDATING', endpoint: 'https://api.example.com', arn, certificateAuthority: { data: Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64') } })
      expect(await described(sandbox)).toMatchObject({ endpoint: 'https://api.example.com', ca: '-----BEGIN CERTIFICATE-----' })
    }))

  test('that does not exist is told with region and account', () =>
    inCloud({ clusters }, async (sandbox) => {
      expect(await failureOf(described(sandbox, 'prod'))).toContain('there is no EKS cluster prod in eu-west-1 of account 111122223333')
    }))

  test('that is being made is told', () =>
    inCloud({ clusters }, async (sandbox) => {
      answers(sandbox, { status: 'CREATING' })
      expect(await failureOf(described(sandbox))).toMatch(/the cluster nonprod in eu-west-1 has the status CREATING.*wait until it is made/i)
    }))

  test('that may not be described is told with the right that is lacking', () =>
    inCloud({ clusters }, async (sandbox) => {
      sandbox.ledger.script({ server: 'eks', operation: /DescribeCluster/, effect: { ...awsFault('AccessDeniedException', 'User: x is not authorized', 403), headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' } } })
      expect(await failureOf(described(sandbox))).toMatch(/refused eks:DescribeCluster for the cluster nonprod: User: x is not authorized\. Allow eks:DescribeCluster/)
    }))
})

describe('a token', () => {
  test('names its cluster and who signed it, for fourteen minutes and without a request', () =>
    inCloud({ clusters }, async (sandbox) => {
      const session = await signedIn(sandbox, { role })
      const at = operations(sandbox).length
      const { token, expiresAtMs } = await eksToken(session, 'nonprod')
      expect(operations(sandbox)).toHaveLength(at)
      expect(expiresAtMs - Date.now()).toBeGreaterThan(13 * 60_000)
      const url = Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString()
      expect(sandbox.sts.whoIs(url, 'nonprod')?.arn).toBe('arn:aws:sts::111122223333:assumed-role/deploy/slipway-42-build')
      expect(sandbox.sts.whoIs(url, 'prod')).toBeUndefined()
      expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({ 'X-Amz-SignedHeaders': 'host;x-k8s-aws-id', 'X-Amz-Expires': '60' })
      expect(new URL(url).origin).toBe(sandbox.url)
    }))

  test("is addressed to the region's own STS where no endpoint is given", () =>
    inCloud({}, async (sandbox) => {
      const session = await signedIn(sandbox, { environment: { ...sandbox.staticCredentials() } })
      const url = Buffer.from((await eksToken(session, 'nonprod')).token.replace('k8s-aws-v1.', ''), 'base64url').toString()
      expect(url).toMatch(/^https:\/\/sts\.eu-west-1\.amazonaws\.com\/\?/)
      expect(sandbox.sts.whoIs(url, 'nonprod')?.arn).toBe('arn:aws:iam::111122223333:user/sandbox')
    }))
})
