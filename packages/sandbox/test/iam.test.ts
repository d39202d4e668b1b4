import { BatchGetImageCommand, CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks'
import { BatchGetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from '@jest/globals'
import type { Role, Sandbox } from '@slipway/sandbox'
import { Policy } from '../src/iam.ts'
import { ACCOUNT, REGION, client, inCloud } from './support/cloud.ts'

const arn = `arn:aws:iam::${ACCOUNT}:role/deploy`
const allow = (Action: string | string[], Resource: string): Record<string, unknown> => ({ Effect: 'Allow', Action, Resource })

/** The client options of somebody who has the role. */
async function as(sandbox: Sandbox, claims: Record<string, unknown> = { sub: 'repo:acme/shop:environment:staging' }): Promise<ReturnType<typeof client>> {
  const WebIdentityToken = await sandbox.issueIdToken(claims, 'sts.amazonaws.com')
  const { Credentials } = await new STSClient(client(sandbox)).send(new AssumeRoleWithWebIdentityCommand({ RoleArn: arn, RoleSessionName: 'run-1', WebIdentityToken }))
  const credentials = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '', sessionToken: Credentials?.SessionToken ?? '' }
  return { ...client(sandbox), credentials }
}

function underPolicy(statements: readonly Record<string, unknown>[], run: (sandbox: Sandbox, options: ReturnType<typeof client>) => Promise<void>): Promise<void> {
  const roles: Role[] = [{ name: 'deploy', trust: ['repo:acme/shop:*'], policy: { Version: '2012-10-17', Statement: [...statements] } }]
  const clusters = [{ name: 'nonprod', region: REGION, namespaces: [] }]
  const secrets = ['shop/db', 'other/db'].map((name) => ({ name, region: REGION, value: 'v' }))
  return inCloud({ roles, clusters, secrets, repositories: [{ region: REGION, name: 'shop/cart' }] }, async (sandbox) => run(sandbox, await as(sandbox)))
}

describe('a policy', () => {
  test('allows its actions on its resources, wildcards included, and what it does not name is denied in AWS\'s words', () =>
    underPolicy([allow(['ecr:BatchGetImage'], `arn:aws:ecr:*:${ACCOUNT}:repository/shop/*`), allow('eks:*', `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/nonprod`)], async (sandbox, options) => {
      const ecr = new ECRClient(options)
      const ask = (repositoryName: string): Promise<unknown> => ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }))
      await expect(ask('shop/cart')).resolves.toMatchObject({ failures: [{ failureCode: 'ImageNotFound' }] })
      await expect(ask('other/cart')).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:${REGION}:${ACCOUNT}:repository/other/cart because no identity-based policy allows the ecr:BatchGetImage action`,
      })
      await expect(ecr.send(new CreateRepositoryCommand({ repositoryName: 'shop/web' }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
      await expect(new EKSClient(options).send(new DescribeClusterCommand({ name: 'nonprod' }))).resolves.toMatchObject({ cluster: { name: 'nonprod' } })
      await expect(new EKSClient(options).send(new DescribeClusterCommand({ name: 'prod' }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
      await expect(new STSClient(options).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({ Account: ACCOUNT })
      expect([...sandbox.exercised].sort()).toEqual(['deploy 0 ecr:BatchGetImage', 'deploy 1 eks:*'])
    }))

  test('that denies beats one that allows', () =>
    underPolicy([allow('ecr:*', '*'), { ...allow('ecr:CreateRepository', '*'), Effect: 'Deny' }], async (_, options) => {
      await expect(new ECRClient(options).send(new CreateRepositoryCommand({ repositoryName: 'shop/web' }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    }))

  test('of secrets needs the batch and each secret by its ARN', () =>
    underPolicy([allow('secretsmanager:BatchGetSecretValue', '*'), allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:shop/*`)], async (_, options) => {
      const answer = await new SecretsManagerClient(options).send(new BatchGetSecretValueCommand({ SecretIdList: ['shop/db', 'other/db'] }))
      expect([answer.SecretValues?.map(({ Name }) => Name), answer.Errors?.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode])]).toEqual([['shop/db'], [['other/db', 'AccessDeniedException']]])
    }))

  test('rules the registry, too: each request of the docker protocol needs its action of ECR', () =>
    underPolicy([allow('ecr:GetAuthorizationToken', '*'), allow(['ecr:BatchGetImage', 'ecr:InitiateLayerUpload'], `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/shop/cart`)], async (sandbox, options) => {
      const { authorizationData } = await new ECRClient(options).send(new GetAuthorizationTokenCommand({}))
      const digest = `sha256:${'0'.repeat(64)}`
      const send = async (method: string, path: string, body?: string): Promise<string> => {
        const answer = await fetch(`${sandbox.registries.get(REGION) ?? ''}/v2/${path}`, { method, headers: { authorization: `Basic ${authorizationData?.[0]?.authorizationToken ?? ''}` }, ...(body === undefined ? {} : { body }) })
        return `${answer.status} ${/perform: (\S+)/.exec(await answer.text())?.[1] ?? ''}`.trim()
      }
      expect(await Promise.all([send('GET', ''), send('GET', 'shop/cart/manifests/v1'), send('POST', 'shop/cart/blobs/uploads/')])).toEqual(['200', '404', '202'])
      expect(
        await Promise.all([
          send('GET', 'shop/web/manifests/v1'),
          send('PUT', 'shop/cart/manifests/v1', '{}'),
          send('HEAD', `shop/cart/blobs/${digest}`),
          send('GET', `shop/cart/blobs/${digest}`),
          send('POST', `shop/cart/blobs/uploads/?mount=${digest}&from=base`),
          send('PATCH', 'shop/cart/blobs/uploads/1', 'x'),
          send('PUT', `shop/cart/blobs/uploads/1?digest=${digest}`),
        ]),
      ).toEqual(['403 ecr:BatchGetImage', '403 ecr:PutImage', '403', '403 ecr:GetDownloadUrlForLayer', '403 ecr:GetDownloadUrlForLayer', '403 ecr:UploadLayerPart', '403 ecr:CompleteLayerUpload'])
    }))

  test('with something that would not be obeyed is refused at the start', () => {
    expect(() => new Policy({ Statement: [{ ...allow('ecr:*', '*'), NotResource: 'x' }] }, () => undefined)).toThrow('the sandbox\'s IAM does not know NotResource')
  })
})

describe('a trust policy', () => {
  const github = 'token.actions.githubusercontent.com:'
  const trust = (Condition: Record<string, unknown>): Record<string, unknown> => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Condition }] })

  test('needs every condition, and one value of each', () =>
    inCloud({ roles: [{ name: 'deploy', trust: trust({ StringEquals: { [`${github}sub`]: ['a', 'b*'] }, StringLike: { [`${github}job_workflow_ref`]: 'deploy@*' } }) }] }, async (sandbox) => {
      await expect(as(sandbox, { sub: 'a', job_workflow_ref: 'deploy@1' })).resolves.toMatchObject({ region: REGION })
      for (const claims of [{ sub: 'a' }, { sub: 'bc', job_workflow_ref: 'deploy@1' }, { sub: 'a', job_workflow_ref: 'other@1' }]) await expect(as(sandbox, claims)).rejects.toMatchObject({ name: 'AccessDenied' })
    }))
})
