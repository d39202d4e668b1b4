import type { SecretSource, SecretVersion, SecretWanted } from './ports.ts'
import { secretsOf, type SecretValues } from './secret-content.ts'
import type { SyncTarget } from './settings.ts'

/** Reads every secret of a target, each once and all in one go, and has each value hidden before anything uses it. */
export async function readSecrets(target: SyncTarget, source: SecretSource, mask: (value: string) => void): Promise<SecretValues> {
  const wanted = new Map<string, SecretWanted>()
  for (const object of target.objects) {
    if (object.kind !== 'Secret') continue
    for (const { secretId, stage } of secretsOf(object)) wanted.set(keyOf({ secretId, ...(stage === undefined ? {} : { stage }) }), { secretId, ...(stage === undefined ? {} : { stage }) })
  }
  const answers = wanted.size === 0 ? [] : await source.read([...wanted.values()])
  for (const answer of answers) if (!('code' in answer)) mask(textOf(answer))
  const byKey = new Map([...wanted.keys()].map((key, index) => [key, answers[index]]))
  return (asked) => {
    const answer = byKey.get(keyOf(asked))
    if (answer === undefined) throw new Error('a secret source answers for every secret')
    return answer
  }
}

function keyOf({ secretId, stage }: SecretWanted): string {
  return JSON.stringify([secretId, stage ?? null])
}

function textOf({ value }: SecretVersion): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('base64')
}
