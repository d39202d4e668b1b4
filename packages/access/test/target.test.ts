import { describe, expect, test } from '@jest/globals'
import { accountRule, regionRule, type AccountId, type NameRule, type Region } from '@slipway/release'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { systemClock } from '@slipway/wire'
import { openTarget, type TargetAccess, type TargetPlace } from '../src/index.ts'

const account: AccountId = named(accountRule, '111122223333')
const region: Region = named(regionRule, 'eu-west-1')
const sub = 'repo:acme/shop:environment:staging'
const target: TargetPlace = { region, cluster: 'nonprod', role: `arn:aws:iam::${account}:role/deploy`, expectedAccount: account }

function named<Name extends string>(rule: NameRule<Name>, text: string): Name {
  if (!rule.is(text)) throw new Error(`${text} must be ${rule.rule}`)
  return text
}

async function inTarget(run: (access: TargetAccess, sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({
    account,
    regions: [region],
    roles: [{ name: 'deploy', trust: [sub] }],
    clusters: [{ name: 'nonprod', region, namespaces: ['staging'] }],
    secrets: [{ region, name: 'shop/db', value: 'secret' }],
    repositories: [{ region, name: 'shop/cart' }],
  })
  const access = await open(sandbox)
  try {
    await run(access, sandbox)
  } finally {
    await access.close()
    await sandbox.close()
  }
}

function open(sandbox: Sandbox, place: TargetPlace = target): Promise<TargetAccess> {
  return openTarget(place, { sessionName: 'slipway-42', idToken: (audience) => sandbox.issueIdToken({ sub }, audience), environment: sandbox.environment(), clock: systemClock, signal: new AbortController().signal, onWait: () => undefined })
}

const counted = (sandbox: Sandbox, pattern: RegExp): number => sandbox.ledger.exchanges.filter(({ operation }) => pattern.test(operation)).length

describe('a target', () => {
  test('reads from its cluster, by one sign-in however many requests', () =>
    inTarget(async ({ cluster }, sandbox) => {
      const read = () => cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'staging' })
      expect((await Promise.all([read(), read(), read()])).map((object) => object?.['kind'])).toEqual(['Namespace', 'Namespace', 'Namespace'])
      expect([counted(sandbox, /^sts:/), counted(sandbox, /^eks:/), counted(sandbox, /^(ecr|secretsmanager):/)]).toEqual([1, 1, 0])
    }))

  test('reads secrets and looks images up with the same sign-in', () =>
    inTarget(async (access, sandbox) => {
      const digest = sandbox.images.seedImage({ region, repository: 'shop/cart', tag: 'v1', files: { a: 'b' } })
      const images = access.registry({ account, region })
      expect(await access.secrets.read([{ secretId: 'shop/db' }])).toMatchObject([{ value: 'secret' }])
      expect([await images.has('shop/cart', digest), await images.has('shop/cart', `sha256:${'0'.repeat(64)}`), await images.has('shop/gone', digest), await images.has('shop/cart', 'v1')]).toEqual([true, false, false, false])
      expect(counted(sandbox, /^sts:/)).toBe(1)
    }))

  test('whose cluster does not exist is told before anything is opened', () =>
    inTarget(async (_, sandbox) => {
      await expect(open(sandbox, { ...target, cluster: 'prod' })).rejects.toThrow(/there is no EKS cluster prod in eu-west-1 of account 111122223333/)
    }))
})
