import { createHash, randomUUID } from 'node:crypto'
import type { Principal } from './access-keys.ts'
import { AwsError } from './aws-error.ts'
import { need } from './iam.ts'
import { listOf, stringOf, type Json } from './json.ts'

interface Version {
  readonly id: string
  readonly value: string | Buffer
  readonly createdAtMs: number
  stages: string[]
}

interface Secret {
  readonly arn: string
  readonly name: string
  readonly versions: Version[]
  deleted: boolean
}

/** Secrets Manager of one account in all its regions. */
export class SecretsManager {
  readonly #account: string
  readonly #secrets = new Map<string, Secret>()

  constructor(account: string) {
    this.#account = account
  }

  /** Stores a new version and gives its id. AWSCURRENT moves to it and leaves AWSPREVIOUS behind, unless `stages` names others only. */
  put(region: string, name: string, value: string | Buffer, stages: readonly string[] = ['AWSCURRENT']): string {
    const suffix = createHash('sha256').update(`${region}/${name}`).digest('base64').replace(/[^A-Za-z]/g, '').slice(0, 6)
    const secret = this.#secrets.get(`${region}/${name}`) ?? { arn: `arn:aws:secretsmanager:${region}:${this.#account}:secret:${name}-${suffix}`, name, versions: [], deleted: false }
    this.#secrets.set(`${region}/${name}`, secret)
    const taken = [...stages]
    const current = secret.versions.find((version) => version.stages.includes('AWSCURRENT'))
    if (stages.includes('AWSCURRENT')) taken.push('AWSPREVIOUS')
    for (const version of secret.versions) version.stages = version.stages.filter((stage) => !taken.includes(stage))
    if (stages.includes('AWSCURRENT')) current?.stages.push('AWSPREVIOUS')
    const version = { id: randomUUID(), value, createdAtMs: Date.now(), stages: [...stages] }
    secret.versions.push(version)
    return version.id
  }

  /** Marks a secret for deletion: its values can no longer be read. */
  markDeleted(region: string, name: string): void {
    const secret = this.#secrets.get(`${region}/${name}`)
    if (!secret) throw new Error(`no secret ${name} in ${region}`)
    secret.deleted = true
  }

  answer(operation: string, input: Json, region: string, caller: Principal): Json {
    if (operation === 'GetSecretValue') return this.#value(caller, region, stringOf(input['SecretId']) ?? '', stringOf(input['VersionId']), stringOf(input['VersionStage']))
    if (operation === 'BatchGetSecretValue') return this.#values(caller, region, listOf(input['SecretIdList']).map(String))
    throw new AwsError('UnknownOperationException', `the sandbox's Secrets Manager has no operation ${operation}`)
  }

  #values(caller: Principal, region: string, ids: string[]): Json {
    if (ids.length < 1 || ids.length > 20) throw new AwsError('ValidationException', `1 validation error detected: Value at 'secretIdList' failed to satisfy constraint: Member must have length between 1 and 20, has ${ids.length}`)
    need(caller, 'secretsmanager:BatchGetSecretValue', '*')
    const found: Json[] = []
    const errors: Json[] = []
    for (const id of ids) {
      try {
        found.push(this.#value(caller, region, id, undefined, undefined))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message })
      }
    }
    return { SecretValues: found, Errors: errors }
  }

  #value(caller: Principal, region: string, id: string, versionId: string | undefined, stage: string | undefined): Json {
    const secret = this.#secrets.get(`${region}/${id}`) ?? [...this.#secrets.values()].find(({ arn }) => [arn, arn.slice(0, -7)].includes(id) && arn.includes(`:${region}:`))
    // One that is not there has no suffix, which a policy's pattern must leave room for.
    need(caller, 'secretsmanager:GetSecretValue', secret?.arn ?? `arn:aws:secretsmanager:${region}:${this.#account}:secret:${id}`)
    if (!secret) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    if (secret.deleted) throw new AwsError('InvalidRequestException', "You can't perform this operation on the secret because it was marked for deletion.")
    const wanted = stage ?? (versionId === undefined ? 'AWSCURRENT' : undefined)
    const version = secret.versions.find((one) => (versionId === undefined || one.id === versionId) && (wanted === undefined || one.stages.includes(wanted)))
    if (!version) {
      const by = versionId === undefined ? `staging label: ${wanted ?? ''}` : `VersionId: ${versionId}`
      throw new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${by}`)
    }
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: version.stages,
      CreatedDate: version.createdAtMs / 1000,
      ...(typeof version.value === 'string' ? { SecretString: version.value } : { SecretBinary: version.value.toString('base64') }),
    }
  }
}
