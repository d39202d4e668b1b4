import { BatchGetSecretValueCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, test } from '@jest/globals'
import type { SecretVersion } from '@slipway/aws'
import type { Failure } from '@slipway/report'
import type { OpenAccount } from './served.ts'

/**
 * Left out, since moto knows none of it: the right to a secret, twenty ids a batch, ids that cannot be one, and that a
 * secret without a value of a stage is told by other words than a secret that is not there (Secrets Manager's own words
 * are in packages/aws/test/secrets.test.ts).
 */
export function secrets(opened: () => OpenAccount): void {
  describe('Secrets Manager', () => {
    const value = (answer: SecretVersion | Failure | undefined): unknown => (answer === undefined || 'code' in answer ? answer?.code : typeof answer.value === 'string' ? answer.value : [...answer.value])
    const missing = (secretId: string): Partial<Failure> => ({ code: 'secret-missing', what: `the secret ${secretId} does not exist` })

    test('gives more secrets than a batch takes, in the order of what was wanted, each missing one in its place', async () => {
      const { put, secret } = opened()
      const names = Array.from({ length: 45 }, (_, index) => secret(`many-${index}`))
      const isThere = (index: number): boolean => index % 7 !== 3
      await Promise.all(names.filter((_, index) => isThere(index)).map((name) => put(name, `value ${names.indexOf(name)}`)))
      const answers = await (await opened().secrets()).read(names.map((secretId) => ({ secretId })))
      expect(answers.map(value)).toEqual(names.map((_, index) => (isThere(index) ? `value ${index}` : 'secret-missing')))
      expect(answers[3]).toMatchObject(missing(names[3] ?? ''))
    })

    test('gives text and bytes as they were stored', async () => {
      const { put, secret } = opened()
      const [text, bytes, long] = [secret('text'), secret('bytes'), secret('long')]
      await put(text, '{"user":"ünïcode","password":"a\\"b\\n"}')
      await put(bytes, Uint8Array.of(0, 255, 128, 10))
      await put(long, 'x'.repeat(65_536))
      expect((await (await opened().secrets()).read([text, bytes, long].map((secretId) => ({ secretId })))).map(value)).toEqual(['{"user":"ünïcode","password":"a\\"b\\n"}', [0, 255, 128, 10], 'x'.repeat(65_536)])
    })

    test('finds a secret by its name, its ARN, and its ARN without the six signs at the end', async () => {
      const { account, region, put, secret } = opened()
      const name = secret('known')
      const versionId = await put(name, 'value')
      const short = `arn:aws:secretsmanager:${region}:${account}:secret:${name}`
      const source = await opened().secrets()
      const [byName] = await source.read([{ secretId: name }])
      const arn = byName !== undefined && 'arn' in byName ? byName.arn : ''
      expect(arn).toMatch(new RegExp(`^${short}-[A-Za-z0-9]{6}$`))
      for (const secretId of [name, arn, short]) {
        expect(await source.read([{ secretId }])).toEqual([{ arn, versionId, value: 'value' }])
        expect(await source.read([{ secretId, stage: 'AWSCURRENT' }, { secretId, stage: 'AWSPREVIOUS' }])).toMatchObject([{ versionId }, { code: 'secret-missing' }])
      }
    })

    test('names each version, and gives the one before by its stage', async () => {
      const { put, secret } = opened()
      const [secretId, source] = [secret('versions'), await opened().secrets()]
      const first = await put(secretId, 'one')
      const second = await put(secretId, 'two')
      const pending = await put(secretId, 'three', ['AWSPENDING'])
      const wanted = [{ secretId }, { secretId, stage: 'AWSCURRENT' }, { secretId, stage: 'AWSPREVIOUS' }, { secretId, stage: 'AWSPENDING' }, { secretId, stage: 'BLUE' }]
      const answers = await source.read(wanted)
      expect(answers.map((answer) => ('code' in answer ? answer.code : [answer.versionId, answer.value]))).toEqual([[second, 'two'], [second, 'two'], [first, 'one'], [pending, 'three'], 'secret-missing'])
      const third = await put(secretId, 'four')
      expect((await source.read(wanted)).map(value)).toEqual(['four', 'four', 'two', 'three', 'secret-missing'])
      expect(new Set([first, second, pending, third]).size).toBe(4)
    })

    test('gives nothing of a secret that is marked for deletion', async () => {
      const { put, markDeleted, secret } = opened()
      const [secretId, source] = [secret('deleted'), await opened().secrets()]
      await put(secretId, 'one')
      await put(secretId, 'two')
      await markDeleted(secretId)
      const deleted = { code: 'secret-missing', what: `the secret ${secretId} is marked for deletion` }
      expect(await source.read([{ secretId }, { secretId, stage: 'AWSPREVIOUS' }])).toMatchObject([deleted, deleted])
    })

    test('has a region\'s secrets there alone', async () => {
      const { put, elsewhere, secret } = opened()
      const secretId = secret('here')
      await put(secretId, 'value')
      expect(await (await opened().secrets(elsewhere)).read([{ secretId }])).toMatchObject([missing(secretId)])
    })

    test('answers in the shapes that the adapter reads', async () => {
      const { put, session, secret } = opened()
      const [name, absent] = [secret('shape'), secret('absent')]
      const versionId = await put(name, 'value')
      const manager = new SecretsManagerClient(await (await session()).settings('SECRETS_MANAGER'))
      const { SecretValues, Errors } = await manager.send(new BatchGetSecretValueCommand({ SecretIdList: [absent, name] }))
      const shape = { ARN: expect.stringContaining(`:secret:${name}-`), Name: name, VersionId: versionId, VersionStages: ['AWSCURRENT'], SecretString: 'value', CreatedDate: expect.any(Date) }
      expect([SecretValues, Errors]).toEqual([[shape], [{ SecretId: absent, ErrorCode: 'ResourceNotFoundException', Message: "Secrets Manager can't find the specified secret." }]])
      expect(await manager.send(new GetSecretValueCommand({ SecretId: name }))).toMatchObject(shape)
      await expect(manager.send(new GetSecretValueCommand({ SecretId: absent }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret.", $metadata: { attempts: 1 } })
    })
  })
}
