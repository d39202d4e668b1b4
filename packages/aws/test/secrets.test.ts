import { describe, expect, test } from '@jest/globals'
import { failureText } from '@slipway/report'
import { awsFault, type Sandbox } from '@slipway/sandbox'
import { openSecrets, type SecretSource, type SecretWanted } from '../src/index.ts'
import { failureOf, inCloud, operations, region, signedIn } from './bed.ts'

const secrets = [{ region, name: 'shop/db', value: '{"user":"cart"}' }]

async function opened(sandbox: Sandbox): Promise<SecretSource> {
  return openSecrets(await signedIn(sandbox), { signal: new AbortController().signal })
}

/** Each answer as its value, or as the failure's text. */
async function told(source: SecretSource, wanted: readonly SecretWanted[]): Promise<(string | Uint8Array)[]> {
  return (await source.read(wanted)).map((answer) => ('value' in answer ? answer.value : failureText(answer)))
}

describe('secrets', () => {
  test('come in the order of what was wanted, twenty a request, with a missing one told among them', () =>
    inCloud({ secrets: Array.from({ length: 45 }, (_, index) => ({ region, name: `shop/s${index}`, value: `v${index}` })) }, async (sandbox) => {
      const wanted = Array.from({ length: 45 }, (_, index) => ({ secretId: `shop/s${44 - index}` }))
      const values = await told(await opened(sandbox), [...wanted, { secretId: 'shop/nope' }, { secretId: 'shop/s3' }])
      expect(values).toEqual([
        ...Array.from({ length: 45 }, (_, index) => `v${44 - index}`),
        'Secrets Manager in eu-west-1: the secret shop/nope does not exist: Secrets Manager finds none of this name in this region and account. Correct its name or the region, create it, or replicate it to this region. [secret-missing]',
        'v3',
      ])
      expect(operations(sandbox)).toEqual(Array(3).fill('secretsmanager:BatchGetSecretValue'))
    }))

  test('are text or bytes, by name or ARN, with the version that names them', () =>
    inCloud({ secrets }, async (sandbox) => {
      const source = await opened(sandbox)
      const [db] = await source.read([{ secretId: 'shop/db' }])
      if (!db || !('arn' in db)) throw new Error('no secret')
      expect(db).toMatchObject({ value: '{"user":"cart"}', arn: expect.stringContaining(':secret:shop/db-') })
      const versionId = sandbox.secrets.put(region, 'shop/db', Buffer.from([0, 255]))
      expect(await source.read([{ secretId: db.arn }])).toEqual([{ arn: db.arn, versionId, value: new Uint8Array([0, 255]) }])
    }))

  test('of another stage are read by it, and a stage without a value is told', () =>
    inCloud({ secrets }, async (sandbox) => {
      sandbox.secrets.put(region, 'shop/db', 'new')
      const values = await told(await opened(sandbox), [{ secretId: 'shop/db', stage: 'AWSPREVIOUS' }, { secretId: 'shop/db' }, { secretId: 'shop/db', stage: 'AWSCURRENT' }, { secretId: 'shop/db', stage: 'AWSPENDING' }])
      expect(values.slice(0, 3)).toEqual(['{"user":"cart"}', 'new', 'new'])
      expect(values[3]).toContain('the secret shop/db has no version with the stage AWSPENDING')
      expect(operations(sandbox).toSorted()).toEqual(['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue', 'secretsmanager:GetSecretValue'])
    }))

  test('that are deleted are told as such', () =>
    inCloud({ secrets }, async (sandbox) => {
      sandbox.secrets.markDeleted(region, 'shop/db')
      expect(await told(await opened(sandbox), [{ secretId: 'shop/db' }])).toEqual([expect.stringContaining('the secret shop/db is marked for deletion')])
    }))

  test('are asked for one by one where the batch is denied, and a denied one is told', () =>
    inCloud({ secrets: [...secrets, { region, name: 'shop/key', value: 'k' }] }, async (sandbox) => {
      sandbox.ledger.script({ server: 'secretsmanager', operation: /Batch/, effect: awsFault('AccessDeniedException', 'not authorized to perform BatchGetSecretValue') })
      sandbox.ledger.script({ server: 'secretsmanager', operation: /:GetSecretValue/, effect: awsFault('AccessDeniedException', 'not authorized to perform GetSecretValue') })
      const values = await told(await opened(sandbox), [{ secretId: 'shop/db' }, { secretId: 'shop/key' }])
      expect(values.filter((value) => value === 'k' || value === '{"user":"cart"}')).toHaveLength(1)
      expect(values.find((value) => String(value).includes('may not be read'))).toMatch(/not authorized to perform GetSecretValue\. Allow secretsmanager:GetSecretValue on it/)
    }))

  test('are not asked for where none is wanted', () =>
    inCloud({}, async (sandbox) => {
      expect(await (await opened(sandbox)).read([])).toEqual([])
      expect(operations(sandbox)).toEqual([])
    }))

  test('of a service that stays away end the whole reading in words', () =>
    inCloud({ secrets }, async (sandbox) => {
      sandbox.ledger.script({ server: 'secretsmanager', operation: /./, times: 6, effect: awsFault('InternalServiceError', 'oops', 500) })
      expect(await failureOf((await opened(sandbox)).read([{ secretId: 'shop/db' }]))).toMatch(/Secrets Manager in eu-west-1 failed to answer secretsmanager:BatchGetSecretValue for 1 secret in 6 attempts/)
    }))
})
