import type { SecretsManagerClient, SecretValueEntry } from '@aws-sdk/client-secrets-manager'
import { count, type Failure } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { errorMessage, errorName, refusal, type Asked } from './refusal.ts'
import type { Session } from './session.ts'

/** A secret's value with what names this version of it. */
export interface SecretVersion {
  readonly arn: string
  readonly versionId: string
  readonly value: string | Uint8Array
}

/** A secret by name or ARN, and its staging label unless it is AWSCURRENT. */
export interface SecretWanted {
  readonly secretId: string
  readonly stage?: string
}

export interface SecretSource {
  /** The answers in the order of what was wanted. A secret that is missing, deleted or denied is a failure among them. */
  read(wanted: readonly SecretWanted[]): Promise<readonly (SecretVersion | Failure)[]>
}

type Answer = SecretVersion | Failure

const current = 'AWSCURRENT'
const inBatch = 20

/** Opens Secrets Manager; nothing is loaded or asked before the first read. */
export function openSecrets(session: Session, { signal }: { readonly signal: AbortSignal }): SecretSource {
  let opened: Promise<Opened> | undefined
  return {
    async read(wanted) {
      if (wanted.length === 0) return []
      opened ??= open(session, signal)
      const manager = await opened
      const ids = [...new Set(wanted.filter(isCurrent).map(({ secretId }) => secretId))]
      const others = [...new Map(wanted.filter((one) => !isCurrent(one)).map((one) => [keyOf(one), one])).values()]
      const chunks = Array.from({ length: Math.ceil(ids.length / inBatch) }, (_, index) => ids.slice(index * inBatch, index * inBatch + inBatch))
      const answers = new Map<string, Answer>()
      await Promise.all([
        mapLimit(chunks, 8, async (chunk) => {
          for (const [secretId, answer] of await manager.batch(chunk)) answers.set(keyOf({ secretId }), answer)
        }),
        mapLimit(others, 16, async (one) => {
          answers.set(keyOf(one), await manager.single(one))
        }),
      ])
      return wanted.map((one) => {
        const answer = answers.get(keyOf(one))
        if (!answer) throw new Error(`no answer for the secret ${one.secretId}`)
        return answer
      })
    },
  }
}

function isCurrent({ stage }: SecretWanted): boolean {
  return stage === undefined || stage === current
}

function keyOf({ secretId, stage }: SecretWanted): string {
  return JSON.stringify([secretId, stage ?? current])
}

interface Opened {
  batch(ids: readonly string[]): Promise<ReadonlyMap<string, Answer>>
  single(wanted: SecretWanted): Promise<Answer>
}

async function open(session: Session, signal: AbortSignal): Promise<Opened> {
  const { BatchGetSecretValueCommand, GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  const client: SecretsManagerClient = new SecretsManagerClient(await session.settings('SECRETS_MANAGER'))
  const { region } = session
  const single = async (wanted: SecretWanted): Promise<Answer> => {
    try {
      const entry = await client.send(new GetSecretValueCommand({ SecretId: wanted.secretId, ...(wanted.stage === undefined ? {} : { VersionStage: wanted.stage }) }), { abortSignal: signal })
      return versionOf(entry, wanted)
    } catch (error) {
      signal.throwIfAborted()
      const failure = failureOf(errorName(error), errorMessage(error), wanted, region)
      if (failure) return failure
      throw refusal(error, askedFor('GetSecretValue', wanted.secretId, region))
    }
  }
  return {
    single,
    async batch(ids) {
      let values: readonly SecretValueEntry[] = []
      const failures = new Map<string, Failure>()
      try {
        const answer = await client.send(new BatchGetSecretValueCommand({ SecretIdList: [...ids] }), { abortSignal: signal })
        values = answer.SecretValues ?? []
        for (const { SecretId = '', ErrorCode = '', Message = '' } of answer.Errors ?? []) {
          const failure = failureOf(ErrorCode, Message, { secretId: SecretId }, region)
          if (failure) failures.set(SecretId, failure)
        }
      } catch (error) {
        signal.throwIfAborted()
        // Many policies grant GetSecretValue alone, and one malformed id refuses its whole batch: each is then asked for by itself.
        if (!isDenied(errorName(error)) && !isMalformed(errorName(error))) throw refusal(error, askedFor('BatchGetSecretValue', count(ids.length, 'secret'), region))
      }
      // What the answer says nothing of is asked for alone: an answer is cut where its values are many bytes.
      return new Map(
        await mapLimit(ids, 16, async (secretId): Promise<readonly [string, Answer]> => {
          const value = values.find((entry) => isOf(entry, secretId))
          return [secretId, value ? versionOf(value, { secretId }) : (failures.get(secretId) ?? (await single({ secretId })))]
        }),
      )
    },
  }
}

/** An id is a name, an ARN, or an ARN without the six signs at its end. */
function isOf({ ARN = '', Name = '' }: SecretValueEntry, secretId: string): boolean {
  return Name === secretId || ARN === secretId || (secretId.startsWith('arn:') && ARN.startsWith(`${secretId}-`) && ARN.length === secretId.length + 7)
}

function versionOf({ ARN, VersionId, SecretString, SecretBinary }: SecretValueEntry, { secretId }: SecretWanted): SecretVersion {
  const value = SecretString ?? SecretBinary
  if (ARN === undefined || VersionId === undefined || value === undefined) throw new Error(`Secrets Manager answered without a value for ${secretId}`)
  return { arn: ARN, versionId: VersionId, value }
}

function isDenied(name: string): boolean {
  return name === 'AccessDeniedException' || name === 'AccessDenied'
}

function isMalformed(name: string): boolean {
  return name === 'ValidationException' || name === 'InvalidParameterException'
}

function askedFor(operation: string, object: string, region: string): Asked {
  return { service: 'Secrets Manager', right: `secretsmanager:${operation}`, region, object }
}

function failureOf(name: string, message: string, { secretId, stage }: SecretWanted, region: string): Failure | undefined {
  const where = `Secrets Manager in ${region}`
  if (name === 'ResourceNotFoundException') {
    // A secret without a value of this stage is told by the same error as a secret that does not exist.
    if (/staging label|VersionId/.test(message)) {
      return { code: 'secret-missing', what: `the secret ${secretId} has no version with the stage ${stage ?? current}`, where, why: 'the secret is there, but no value of it carries this label', next: 'correct the stage, or put a value with this label' }
    }
    return { code: 'secret-missing', what: `the secret ${secretId} does not exist`, where, why: 'Secrets Manager finds none of this name in this region and account', next: 'correct its name or the region, create it, or replicate it to this region' }
  }
  if (name === 'InvalidRequestException') {
    if (!/deleted|deletion/.test(message)) return { code: 'secret-missing', what: `the secret ${secretId} cannot be read`, where, why: message, next: 'look at the secret in the console' }
    return { code: 'secret-missing', what: `the secret ${secretId} is marked for deletion`, where, why: 'its values cannot be read any more', next: 'restore it (RestoreSecret) if it is still wanted, or name another' }
  }
  if (name === 'DecryptionFailure' || name === 'DecryptionFailureException') {
    return { code: 'access-denied', what: `the secret ${secretId} cannot be decrypted`, where, why: message, next: 'enable its KMS key, and allow kms:Decrypt on it to the role' }
  }
  if (isDenied(name)) {
    return { code: 'access-denied', what: `the secret ${secretId} may not be read`, where, why: message, next: 'allow secretsmanager:GetSecretValue on it to the role, and kms:Decrypt where it has a key of its own' }
  }
  if (isMalformed(name)) return { code: 'secret-missing', what: `"${secretId}" cannot be the id of a secret`, where, why: message, next: 'correct the name or the ARN' }
  return undefined
}
