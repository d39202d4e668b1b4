import type { SecretReference } from '@slipway/project'
import { canonicalHash, type JsonObject } from '@slipway/release'
import type { Failure, Problems } from '@slipway/report'
import type { Content } from './config-object.ts'
import { jsonMembers } from './json-members.ts'
import type { SecretVersion, SecretWanted } from './ports.ts'
import type { WantedSecret } from './settings.ts'

/** The values of secrets that were read, or why one could not be. */
export type SecretValues = (wanted: SecretWanted) => SecretVersion | Failure

/** Every secret that an object takes values from. */
export function secretsOf({ source }: WantedSecret): SecretReference[] {
  return 'whole' in source ? [source.whole] : Object.values(source.keys)
}

/** What a Secret is to hold. Its identity is the versions that it was made from, its source the same without them: never a value. */
export function secretContent(wanted: WantedSecret, read: SecretValues, where: string, problems: Problems): Content {
  const { kind, name, mode, type, service, source } = wanted
  const references = 'whole' in source ? [['', source.whole] as const] : Object.entries(source.keys)
  const values = new Map<string, Uint8Array>()
  const identity: JsonObject[] = []
  const origin: JsonObject[] = []
  for (const [key, reference] of references) {
    const version = read(reference)
    if ('code' in version) {
      problems.add({ ...version, where: `Secret ${name}, ${where}` })
      continue
    }
    identity.push({ key, arn: version.arn, versionId: version.versionId, jsonKey: reference.jsonKey ?? null })
    origin.push({ key, arn: version.arn, jsonKey: reference.jsonKey ?? null, stage: reference.stage ?? null })
    const complain = (what: string, why: string, next: string): void => {
      problems.add({ code: 'secret-missing', what: `${what} (secret ${reference.secretId})`, where: `Secret ${name}, ${where}`, why, next })
    }
    const value = reference.jsonKey === undefined ? version.value : member(version, reference.jsonKey, complain)
    if (value === undefined) continue
    if ('keys' in source) values.set(key, bytesOf(value))
    else for (const [one, text] of wholeMembers(value, complain)) values.set(one, bytesOf(text))
  }
  return { kind, name, mode, type, ...(service === undefined ? {} : { service }), values, identity: { type, from: identity }, source: canonicalHash({ type, from: origin }) }
}

type Complain = (what: string, why: string, next: string) => void

function member(version: SecretVersion, jsonKey: string, complain: Complain): string | undefined {
  const members = typeof version.value === 'string' ? jsonMembers(version.value) : undefined
  if (members === undefined) {
    complain(`the JSON key "${jsonKey}" cannot be read`, 'the secret is no JSON object', 'store key/value pairs in it, or leave the JSON key out')
    return undefined
  }
  const value = members.get(jsonKey)
  if (value === undefined) complain(`the secret has no JSON key "${jsonKey}"`, `its keys are ${[...members.keys()].join(', ')}`, 'correct the key, or add it to the secret')
  if (value === null) complain(`the JSON key "${jsonKey}" is null`, 'a Secret holds texts', 'give it a value')
  return value ?? undefined
}

function wholeMembers(value: string | Uint8Array, complain: Complain): (readonly [string, string])[] {
  const members = typeof value === 'string' ? jsonMembers(value) : undefined
  if (members === undefined) {
    complain('the secret cannot be taken whole', 'it is no JSON object, whose members would become the keys', 'name a key for it under "keys"')
    return []
  }
  return [...members].flatMap(([key, text]) => {
    if (text !== null) return [[key, text] as const]
    complain(`the JSON key "${key}" is null`, 'a Secret holds texts', 'give it a value, or name the keys that are wanted')
    return []
  })
}

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value) : value
}
