import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { accountRule, type AccountId } from '@slipway/release'
import { Failed } from '@slipway/report'
import type { Sandbox } from '@slipway/sandbox'
import { kept } from '../src/credentials.ts'
import { openEcr, openEks, signIn } from '../src/index.ts'
import { sessionNameOf } from '../src/web-identity.ts'
import { account, failureOf, inCloud, named, operations, region, role, signedIn } from './bed.ts'

const other: AccountId = named(accountRule, '999988887777')
const bare = (sandbox: Sandbox): Record<string, string> => ({ HOME: '/nonexistent', ...sandbox.environment() })

async function withFile(name: string, text: string, run: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sign-in-'))
  writeFileSync(join(folder, name), text)
  try {
    await run(join(folder, name))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('with a role', () => {
  test("the job's token is exchanged once, and the account is read from the ARN", () =>
    inCloud({}, async (sandbox) => {
      const session = await signedIn(sandbox, { role, expectedAccount: account })
      await Promise.all([session.credentials(), session.in(region).credentials(), session.account()])
      expect(await session.account()).toBe(account)
      expect((await session.credentials()).sessionToken).toBeDefined()
      expect(operations(sandbox)).toEqual(['sts:AssumeRoleWithWebIdentity'])
    }))

  test('another account than the expected one is refused without a request, and without asking for a token', () =>
    inCloud({}, async (sandbox) => {
      const text = await failureOf(signedIn(sandbox, { role, expectedAccount: other, idToken: () => Promise.reject(new Error('asked')) }))
      expect(text).toBe(`the role ${role} belongs to account 111122223333, and 999988887777 is expected: the expected account guards against working in the wrong one, so nothing was done. Correct the role or the credentials, or the expected account. [wrong-account]`)
      expect(operations(sandbox)).toEqual([])
    }))

  test('a trust policy that refuses the token is told with the sub that it must allow', () =>
    inCloud({}, async (sandbox) => {
      const token = await sandbox.issueIdToken({ sub: 'repo:mallory/shop:ref:refs/heads/main' }, 'sts.amazonaws.com')
      const text = await failureOf(signedIn(sandbox, { role, idToken: () => Promise.resolve(token) }))
      expect(text).toContain('its trust policy does not take this job\'s token (sub "repo:mallory/shop:ref:refs/heads/main", aud "sts.amazonaws.com")')
      expect(text).not.toContain(token)
    }))

  test.each([
    ['for another audience', 'https://example.com', 300, 'Incorrect token audience'],
    ['that has expired', 'sts.amazonaws.com', -5, 'had expired when it was used'],
  ])('a token %s is told as such', (_, audience, seconds, words) =>
    inCloud({}, async (sandbox) => {
      const idToken = () => sandbox.issueIdToken({ sub: 'repo:acme/shop:environment:staging' }, audience, seconds)
      expect(await failureOf(signedIn(sandbox, { role, idToken }))).toContain(words)
    }))

  test('a text that is no ARN of a role is an invalid input', () =>
    inCloud({}, async (sandbox) => {
      expect(await failureOf(signedIn(sandbox, { role: 'deploy' }))).toContain('[input-invalid]')
    }))

  test('what the job host says of its token is passed on as it is', () =>
    inCloud({}, async (sandbox) => {
      const failed = new Failed({ code: 'id-token-unavailable', what: 'no token', why: 'no right', next: 'grant it' })
      await expect(signedIn(sandbox, { role, idToken: () => Promise.reject(failed) })).rejects.toBe(failed)
    }))
})

describe('without a role', () => {
  test('keys in the variables are taken, and the account is asked for once', () =>
    inCloud({}, async (sandbox) => {
      const session = await signedIn(sandbox, { expectedAccount: account })
      expect(await session.account()).toBe(account)
      expect(operations(sandbox)).toEqual(['sts:GetCallerIdentity'])
    }))

  test('keys of another account than the expected one are refused', () =>
    inCloud({}, async (sandbox) => {
      expect(await failureOf(signedIn(sandbox, { expectedAccount: other }))).toContain('the credentials of this job belong to account 111122223333, and 999988887777 is expected')
    }))

  test('keys that AWS does not know are told without a word of the signature', () =>
    inCloud({}, async (sandbox) => {
      const environment = { ...bare(sandbox), AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN', AWS_SECRET_ACCESS_KEY: 'not-the-one' }
      const text = await failureOf(signedIn(sandbox, { environment, expectedAccount: account }))
      expect(text).toContain('AWS does not take the access key or its signature (InvalidClientTokenId)')
      expect(text).not.toContain('not-the-one')
    }))

  test('no credentials anywhere is told with every place, at once and without the metadata service', () =>
    inCloud({}, async (sandbox) => {
      let asked = 0
      const metadata = createServer((_, response) => {
        asked += 1
        response.end()
      })
      await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve))
      const address = metadata.address()
      const startedAt = performance.now()
      const environment = { ...bare(sandbox), AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}` }
      const text = await failureOf(signedIn(sandbox, { environment }))
      expect(performance.now() - startedAt).toBeLessThan(1000)
      for (const place of ['AWS_ACCESS_KEY_ID', 'the profile default of /nonexistent/.aws/credentials', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'the input "role"']) expect(text).toContain(place)
      expect([asked, operations(sandbox)]).toEqual([0, []])
      await new Promise((resolve) => metadata.close(resolve))
    }))

  test('a profile of the shared files is found', () =>
    inCloud({}, async (sandbox) => {
      const keys = sandbox.staticCredentials()
      await withFile('credentials', `[ci]\naws_access_key_id = ${keys['AWS_ACCESS_KEY_ID'] ?? ''}\naws_secret_access_key = ${keys['AWS_SECRET_ACCESS_KEY'] ?? ''}\n`, async (path) => {
        const session = await signedIn(sandbox, { environment: { ...bare(sandbox), AWS_PROFILE: 'ci', AWS_SHARED_CREDENTIALS_FILE: path } })
        expect(await session.account()).toBe(account)
      })
    }))

  test('a profile that leads to the metadata service is refused by its name', () =>
    inCloud({}, async (sandbox) => {
      await withFile('config', `[profile ci]\nrole_arn = ${role}\nsource_profile = machine\n[profile machine]\ncredential_source = Ec2InstanceMetadata\n`, async (path) => {
        const text = await failureOf(signedIn(sandbox, { environment: { ...bare(sandbox), AWS_PROFILE: 'ci', AWS_CONFIG_FILE: path } }))
        expect(text).toContain('the profile machine takes its credentials from the metadata service of EC2')
      })
    }))

  test('a profile that nobody wrote is told', () =>
    inCloud({}, async (sandbox) => {
      expect(await failureOf(signedIn(sandbox, { environment: { ...bare(sandbox), AWS_PROFILE: 'nope' } }))).toContain('the credentials in the profile nope of /nonexistent/.aws/credentials and /nonexistent/.aws/config cannot be used')
    }))

  test('a web identity token file is exchanged at the endpoint of the variables', () =>
    inCloud({}, async (sandbox) => {
      await withFile('token', await sandbox.issueIdToken({ sub: 'repo:acme/shop:environment:staging' }, 'sts.amazonaws.com'), async (path) => {
        const session = await signedIn(sandbox, { environment: { ...bare(sandbox), AWS_WEB_IDENTITY_TOKEN_FILE: path, AWS_ROLE_ARN: role } })
        expect(await session.account()).toBe(account)
        expect(operations(sandbox)).toEqual(['sts:AssumeRoleWithWebIdentity', 'sts:GetCallerIdentity'])
      })
    }))

  test("a container's credentials are fetched with its token", () =>
    inCloud({}, async (sandbox) => {
      const keys = sandbox.staticCredentials()
      const container = createServer((request, response) => {
        const body = { AccessKeyId: keys['AWS_ACCESS_KEY_ID'], SecretAccessKey: keys['AWS_SECRET_ACCESS_KEY'], Token: 'session', Expiration: new Date(Date.now() + 3_600_000).toISOString() }
        response.writeHead(request.headers.authorization === 'pod' ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
      await new Promise<void>((resolve) => container.listen(0, '127.0.0.1', resolve))
      const address = container.address()
      const environment = { ...bare(sandbox), AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/v1`, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'pod' }
      const session = await signedIn(sandbox, { environment })
      expect(await session.credentials()).toMatchObject({ accessKeyId: keys['AWS_ACCESS_KEY_ID'], sessionToken: 'session' })
      container.closeAllConnections()
      await new Promise((resolve) => container.close(resolve))
    }))
})

describe('the way to AWS', () => {
  test('goes through the proxy of the variables', async () => {
    const stop = new AbortController()
    const tunnels: string[] = []
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      tunnels.push(url)
      stop.abort(new Failed({ code: 'cancelled', what: 'seen', why: 'the test has seen enough', next: 'nothing' }))
      socket.destroy()
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const address = proxy.address()
    const environment = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', HTTPS_PROXY: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}` }
    const session = await signIn({ region, sessionName: 'test', idToken: () => Promise.reject(new Error('no role')), environment, signal: stop.signal })
    expect(await failureOf(openEks(session, { signal: stop.signal }).describe('nonprod'))).toContain('[cancelled]')
    expect(tunnels).toEqual(['eks.eu-west-1.amazonaws.com:443'])
    await new Promise((resolve) => proxy.close(resolve))
  })

  test('that leads nowhere is told with what to check, and the endpoint of one service goes before that of all', () =>
    inCloud({}, async (sandbox) => {
      const environment = { ...bare(sandbox), ...sandbox.staticCredentials(), AWS_ENDPOINT_URL_EKS: 'http://127.0.0.1:1' }
      const session = await signedIn(sandbox, { environment })
      const signal = new AbortController().signal
      expect(await failureOf(openEks(session, { signal }).describe('nonprod'))).toMatch(/EKS in eu-west-1 cannot be reached for eks:DescribeCluster: .*ECONNREFUSED.*AWS_ENDPOINT_URL/)
      expect((await openEcr(session, { signal, onRetry: () => undefined }).authorization()).username).toBe('AWS')
    }))

  test('is not taken after the run was stopped', () =>
    inCloud({}, async (sandbox) => {
      const stopped = new Failed({ code: 'cancelled', what: 'the run was told to stop', why: 'it was cancelled', next: 'start it again' })
      await expect(signedIn(sandbox, { role, signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped)
      expect(operations(sandbox)).toEqual([])
    }))
})

describe('credentials', () => {
  const until = (ms: number): { accessKeyId: string; secretAccessKey: string; expiration: Date } => ({ accessKeyId: 'a', secretAccessKey: 'b', expiration: new Date(ms) })

  test('are renewed once, five minutes before they end, however many ask', async () => {
    let now = 0
    let made = 0
    const give = kept(() => {
      made += 1
      return Promise.resolve(until(now + 3_600_000))
    }, () => now)
    await Promise.all([give(), give(), give()])
    now = 3_600_000 - 301_000
    await give()
    expect(made).toBe(1)
    now += 2000
    expect((await Promise.all([give(), give(), give()])).map(({ expiration }) => expiration?.getTime())).toEqual(Array(3).fill(now + 3_600_000))
    expect(made).toBe(2)
  })

  test('that could not be had are asked for again', async () => {
    let made = 0
    const give = kept(() => {
      made += 1
      return made === 1 ? Promise.reject(new Error('not now')) : Promise.resolve(until(Number.MAX_SAFE_INTEGER / 2))
    })
    await expect(give()).rejects.toThrow('not now')
    expect((await give()).accessKeyId).toBe('a')
  })

  test('have a session name of the signs that STS takes', () => {
    expect(sessionNameOf('slipway 42/build')).toBe('slipway-42-build')
    expect(sessionNameOf('x'.repeat(80))).toHaveLength(64)
    expect(sessionNameOf('x')).toBe('x-')
  })
})
