import { BatchGetSecretValueCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, test } from '@jest/globals'
import { REGION, client, inCloud } from './support/cloud.ts'

const secrets = [{ region: REGION, name: 'shop/staging/cart/db', value: '{"user":"cart"}' }]
const SecretId = 'shop/staging/cart/db'

describe('Secrets Manager', () => {
  test('gives the current version, and the one before by its stage or id', () =>
    inCloud({ secrets }, async (sandbox) => {
      const manager = new SecretsManagerClient(client(sandbox))
      const first = await manager.send(new GetSecretValueCommand({ SecretId }))
      expect(first).toMatchObject({ SecretString: '{"user":"cart"}', VersionStages: ['AWSCURRENT'], ARN: expect.stringMatching(/:secret:shop\/staging\/cart\/db-[A-Za-z]{6}$/) })
      const second = sandbox.secrets.put(REGION, SecretId, Buffer.from([0, 255]))
      expect(await manager.send(new GetSecretValueCommand({ SecretId: first.ARN }))).toMatchObject({ VersionId: second, SecretBinary: new Uint8Array([0, 255]) })
      expect((await manager.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' }))).VersionId).toBe(first.VersionId)
      expect((await manager.send(new GetSecretValueCommand({ SecretId, VersionId: first.VersionId }))).SecretString).toBe('{"user":"cart"}')
    }))

  test('tells a missing secret, stage and a deleted secret apart', () =>
    inCloud({ secrets }, async (sandbox) => {
      const manager = new SecretsManagerClient(client(sandbox))
      await expect(manager.send(new GetSecretValueCommand({ SecretId: 'nope' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." })
      await expect(manager.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPENDING' }))).rejects.toMatchObject({ message: "Secrets Manager can't find the specified secret value for staging label: AWSPENDING" })
      sandbox.secrets.markDeleted(REGION, SecretId)
      await expect(manager.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({ name: 'InvalidRequestException' })
    }))

  test('reads up to 20 at once, with an error for each that is missing', () =>
    inCloud({ secrets }, async (sandbox) => {
      const manager = new SecretsManagerClient(client(sandbox))
      const { SecretValues, Errors } = await manager.send(new BatchGetSecretValueCommand({ SecretIdList: [SecretId, 'nope'] }))
      expect(SecretValues?.map(({ Name }) => Name)).toEqual([SecretId])
      expect(Errors).toEqual([{ SecretId: 'nope', ErrorCode: 'ResourceNotFoundException', Message: "Secrets Manager can't find the specified secret." }])
      await expect(manager.send(new BatchGetSecretValueCommand({ SecretIdList: Array.from({ length: 21 }, (_, index) => `s${index}`) }))).rejects.toThrow('between 1 and 20')
      expect(sandbox.ledger.counted()).toEqual({ secretsmanager: { reads: 2, writes: 0 } })
    }))
})
