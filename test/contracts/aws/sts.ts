import { GetCallerIdentityCommand, STSClient, type GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts'
import { describe, expect, test } from '@jest/globals'
import { eksToken, type Session } from '@slipway/aws'
import { accountRule } from '@slipway/release'
import type { OpenAccount } from './served.ts'

/**
 * Whom a role trusts, what an identity token must be, what a caller may do, signatures in headers and the end of a session
 * are left out: moto looks at none of them. packages/aws/test/sign-in.test.ts and the sandbox's own tests have them. Who
 * presigned a URL is checked in the bed by AWS' own signer, before moto is asked.
 */
export function sts(opened: () => OpenAccount): void {
  describe('STS', () => {
    const identity = async (session: Session): Promise<GetCallerIdentityCommandOutput> => new STSClient(await session.settings('STS')).send(new GetCallerIdentityCommand({}))

    test('gives a role keys for an hour, and tells who uses them', async () => {
      const { account, role, session: signedIn } = opened()
      const askedAtMs = Date.now()
      const session = await signedIn()
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await session.credentials()
      expect([accessKeyId, secretAccessKey, sessionToken]).toEqual([expect.stringMatching(/^ASIA\w{12,}$/), expect.stringMatching(/^\S{20,}$/), expect.stringMatching(/^\S{50,}$/)])
      expect(Math.round(((expiration?.getTime() ?? 0) - askedAtMs) / 60_000)).toBe(60)
      expect(await session.account()).toBe(account)
      expect(await identity(session)).toMatchObject({
        Account: account,
        Arn: `arn:aws:sts::${account}:assumed-role/${role}/slipway-42-build`,
        UserId: expect.stringMatching(/^ARO\w+:slipway-42-build$/),
      })
    })

    test('gives each sign-in keys of its own', async () => {
      const keys = await Promise.all([opened().session(), opened().session()].map(async (session) => (await (await session).credentials()).accessKeyId))
      expect(new Set(keys).size).toBe(2)
    })

    test('knows a role in every region', async () => {
      const { role, elsewhere, session } = opened()
      expect((await identity((await session()).in(elsewhere))).Arn).toMatch(new RegExp(`assumed-role/${role}/`))
    })

    test('tells the account of keys, and so one that is not expected', async () => {
      const { account, session } = opened()
      expect(await (await session({ role: false })).account()).toBe(account)
      const expectedAccount = '999900001111'
      if (!accountRule.is(expectedAccount)) throw new Error(expectedAccount)
      await expect(session({ role: false, expectedAccount })).rejects.toMatchObject({ failures: [{ code: 'wrong-account', what: `the credentials of this job belong to account ${account}, and ${expectedAccount} is expected` }] })
    })

    describe('asked by a presigned address', () => {
      const presigned = async (cluster: string): Promise<URL> => new URL(Buffer.from((await eksToken(await opened().session(), cluster)).token.replace('k8s-aws-v1.', ''), 'base64url').toString())
      const answered = async (url: URL, headers: Record<string, string>): Promise<[number, string | undefined]> => {
        const answer = await fetch(url, { headers })
        const text = await answer.text()
        return [answer.status, /<(Arn|Code)>([^<]+)</.exec(text)?.[2]]
      }

      test('tells who has signed it, to who names the cluster that it was signed for', async () => {
        const { account, role } = opened()
        expect(await answered(await presigned('one'), { 'x-k8s-aws-id': 'one' })).toEqual([200, `arn:aws:sts::${account}:assumed-role/${role}/slipway-42-build`])
      })

      test.each([
        ['another cluster', { 'x-k8s-aws-id': 'two' }],
        ['no cluster', {}],
      ])('refuses who names %s', async (_, headers) => {
        expect(await answered(await presigned('one'), headers)).toEqual([403, 'SignatureDoesNotMatch'])
      })

      test('refuses one that was changed, and one of keys that nobody has', async () => {
        const changed = await presigned('one')
        changed.searchParams.set('X-Amz-Expires', '600')
        expect(await answered(changed, { 'x-k8s-aws-id': 'one' })).toEqual([403, 'SignatureDoesNotMatch'])
        const unknown = await presigned('one')
        unknown.searchParams.set('X-Amz-Credential', (unknown.searchParams.get('X-Amz-Credential') ?? '').replace(/^\w+/, 'ASIAUNKNOWNUNKNOWN00'))
        expect(await answered(unknown, { 'x-k8s-aws-id': 'one' })).toEqual([403, 'InvalidClientTokenId'])
      })
    })
  })
}
