import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { describe, expect, test } from '@jest/globals'
import type { Sandbox } from '@slipway/sandbox'
import { createPublicKey, verify } from 'node:crypto'
import { REGION, client, inCloud, member } from './support/cloud.ts'
import { presigned } from './support/presigned.ts'

const roles = [{ name: 'slipway-staging', trust: ['repo:acme/shop:environment:staging', 'repo:acme/shop:ref:refs/heads/*'] }]
const RoleArn = 'arn:aws:iam::111122223333:role/slipway-staging'
const sub = 'repo:acme/shop:environment:staging'

function assume(sandbox: Sandbox, WebIdentityToken: string, arn = RoleArn) {
  const sts = new STSClient({ region: REGION, endpoint: sandbox.url, maxAttempts: 1, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } })
  return sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn: arn, RoleSessionName: 'run-1', WebIdentityToken }))
}

describe('a job signs in', () => {
  test('with a token whose subject the role trusts, and is that role afterwards', () =>
    inCloud({ roles }, async (sandbox) => {
      const { Credentials } = await assume(sandbox, await sandbox.issueIdToken({ sub }, 'sts.amazonaws.com'))
      const credentials = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '', sessionToken: Credentials?.SessionToken ?? '' }
      const identity = await new STSClient({ ...client(sandbox), credentials }).send(new GetCallerIdentityCommand({}))
      expect(identity).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:sts::111122223333:assumed-role/slipway-staging/run-1' })
      expect(sandbox.ledger.exchanges.map(({ operation, write }) => [operation, write])).toEqual([['sts:AssumeRoleWithWebIdentity', false], ['sts:GetCallerIdentity', false]])
    }))

  test('a branch matches a pattern with a star', () =>
    inCloud({ roles }, async (sandbox) => {
      const token = await sandbox.issueIdToken({ sub: 'repo:acme/shop:ref:refs/heads/feature/a' }, 'sts.amazonaws.com')
      expect((await assume(sandbox, token)).SubjectFromWebIdentityToken).toBe('repo:acme/shop:ref:refs/heads/feature/a')
    }))

  test.each([
    ['another subject is refused', 'AccessDenied', { sub: 'repo:mallory/shop:environment:staging' }, 'sts.amazonaws.com', 300],
    ['another audience is refused', 'InvalidIdentityTokenException', { sub }, 'https://github.com/acme', 300],
    ['an expired token is refused', 'ExpiredTokenException', { sub }, 'sts.amazonaws.com', -1],
  ])('%s', (_, name, claims, audience, seconds) =>
    inCloud({ roles }, async (sandbox) => {
      await expect(assume(sandbox, await sandbox.issueIdToken(claims, audience, seconds))).rejects.toMatchObject({ name })
    }))

  test('a token that someone else signed, or that was changed, is refused', () =>
    inCloud({ roles }, async (sandbox) => {
      const [header = '', , signature = ''] = (await sandbox.issueIdToken({ sub: 'other' }, 'sts.amazonaws.com')).split('.')
      const forged = [header, Buffer.from(JSON.stringify({ sub, aud: 'sts.amazonaws.com', exp: 9e9 })).toString('base64url'), signature].join('.')
      await expect(assume(sandbox, forged)).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' })
    }))

  test('a role that does not exist is refused like one that does not trust', () =>
    inCloud({ roles }, async (sandbox) => {
      const token = await sandbox.issueIdToken({ sub }, 'sts.amazonaws.com')
      await expect(assume(sandbox, token, 'arn:aws:iam::111122223333:role/nobody')).rejects.toMatchObject({ name: 'AccessDenied' })
    }))

  test('elsewhere: a session that another STS has opened is of its role, and of no role that is not there', () =>
    inCloud({ roles }, async (sandbox) => {
      const opened = (accessKeyId: string, role: string) => ({ accessKeyId, secretAccessKey: 'opened', sessionToken: 'elsewhere', expiresAtMs: Date.now() + 60_000, userId: 'AROA:run-1', arn: `arn:aws:sts::111122223333:assumed-role/${role}/run-1` })
      const identity = (accessKeyId: string) => new STSClient({ ...client(sandbox), credentials: { accessKeyId, secretAccessKey: 'opened', sessionToken: 'elsewhere' } }).send(new GetCallerIdentityCommand({}))
      sandbox.sts.adopt(opened('ASIAHERE', 'slipway-staging'))
      sandbox.sts.adopt(opened('ASIANOBODY', 'nobody'))
      expect(await identity('ASIAHERE')).toMatchObject({ Arn: 'arn:aws:sts::111122223333:assumed-role/slipway-staging/run-1' })
      await expect(identity('ASIANOBODY')).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    }))

  test("the issuer's published keys verify its tokens", () =>
    inCloud({}, async (sandbox) => {
      const token = await sandbox.issueIdToken({ sub }, 'anyone')
      const [header = '', claims = '', signature = ''] = token.split('.')
      const issuer = String(member(JSON.parse(Buffer.from(claims, 'base64url').toString()), 'iss'))
      const jwks: unknown = await (await fetch(`${issuer}/.well-known/jwks`)).json()
      const [kty = '', n = '', e = ''] = ['kty', 'n', 'e'].map((name) => String(member(jwks, 'keys', 0, name)))
      const key = createPublicKey({ format: 'jwk', key: { kty, n, e } })
      expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
    }))
})

describe('an access key', () => {
  test('that nobody issued is refused', () =>
    inCloud({}, async (sandbox) => {
      const ecr = new ECRClient({ ...client(sandbox), credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } })
      await expect(ecr.send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    }))

  test('with a wrong secret is refused', () =>
    inCloud({}, async (sandbox) => {
      const ecr = new ECRClient({ ...client(sandbox), credentials: { ...client(sandbox).credentials, secretAccessKey: 'wrong' } })
      await expect(ecr.send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({ name: 'InvalidSignatureException' })
    }))

  test('whose session ended is told so by every service', () =>
    inCloud({ roles }, async (sandbox) => {
      const { Credentials } = await assume(sandbox, await sandbox.issueIdToken({ sub }, 'sts.amazonaws.com'))
      const credentials = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '', sessionToken: Credentials?.SessionToken ?? '' }
      sandbox.sts.keys.expireSessions()
      await expect(new ECRClient({ ...client(sandbox), credentials }).send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({ name: 'ExpiredTokenException' })
      await expect(new STSClient({ ...client(sandbox), credentials }).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' })
    }))
})

describe('an EKS token', () => {
  test('tells who presigned it for this cluster', () =>
    inCloud({}, (sandbox) => {
      expect(sandbox.sts.whoIs(presigned(sandbox, 'nonprod'), 'nonprod')).toMatchObject({ arn: 'arn:aws:iam::111122223333:user/sandbox' })
      return Promise.resolve()
    }))

  test('made with a session of a role is that role', () =>
    inCloud({ roles }, async (sandbox) => {
      const { Credentials } = await assume(sandbox, await sandbox.issueIdToken({ sub }, 'sts.amazonaws.com'))
      const keys = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '', sessionToken: Credentials?.SessionToken ?? '' }
      const arn = 'arn:aws:sts::111122223333:assumed-role/slipway-staging/run-1'
      expect(sandbox.sts.whoIs(presigned(sandbox, 'nonprod', { keys }), 'nonprod')).toEqual({ arn, username: arn, groups: ['system:authenticated'] })
      expect(sandbox.sts.whoIs(presigned(sandbox, 'nonprod', { keys: { ...keys, sessionToken: 'other' } }), 'nonprod')).toBeUndefined()
    }))

  test('is answered by STS itself, when the cluster name comes as a header', () =>
    inCloud({}, async (sandbox) => {
      const url = presigned(sandbox, 'nonprod', { host: new URL(sandbox.url).host }).replace('https:', 'http:')
      const [known, unknown] = await Promise.all(['nonprod', 'prod'].map((cluster) => fetch(url, { headers: { 'x-k8s-aws-id': cluster } })))
      expect(await known?.text()).toContain('<Arn>arn:aws:iam::111122223333:user/sandbox</Arn>')
      expect([unknown?.status, await unknown?.text()]).toEqual([403, expect.stringContaining('<Code>SignatureDoesNotMatch</Code>')])
    }))

  test.each([
    ['was made for another cluster', {}, 'prod'],
    ['is older than 15 minutes', { at: Date.now() - 16 * 60_000 }, 'nonprod'],
    ['does not sign the cluster name', { signedHeaders: 'host' }, 'nonprod'],
    ['has a life beyond 15 minutes', { expires: 901 }, 'nonprod'],
  ])('that %s is nobody', (_, options, cluster) =>
    inCloud({}, (sandbox) => {
      expect(sandbox.sts.whoIs(presigned(sandbox, 'nonprod', options), cluster)).toBeUndefined()
      return Promise.resolve()
    }))
})
