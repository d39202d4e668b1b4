import { isJsonObject, type Json, type JsonObject } from '@slipway/release'
import { at, isArray, textAt } from './objects.ts'

/**
 * The names of all Secrets that a pod, or the template of a workload, refers to anywhere: in the environment of every
 * container, in volumes of every type, and as `imagePullSecrets`. The last ones reach no container, but what a registry
 * or a node says of a failed pull does reach the evidence.
 */
export function secretsOf(object: JsonObject): string[] {
  const found = new Set<string>()
  // A template stands inside the specification of its workload.
  const left: Json[] = [object['spec'] ?? null]
  while (left.length > 0) {
    const node = left.pop()
    if (isArray(node)) left.push(...node)
    else if (isJsonObject(node)) {
      for (const [key, member] of Object.entries(node)) {
        for (const name of namesIn(key, member)) found.add(name)
        left.push(member)
      }
    }
  }
  return [...found].sort()
}

/** `secretKeyRef`, `secretRef` and `nodePublishSecretRef` name a Secret by `name`, as does a projected `secret`; others by `secretName`. */
function namesIn(key: string, member: Json): string[] {
  if (key === 'secretName') return typeof member === 'string' ? [member] : []
  if (key === 'imagePullSecrets') return (isArray(member) ? member : []).flatMap((entry) => textAt(entry, 'name') ?? [])
  if (key !== 'secret' && !/secret(key)?ref$/i.test(key)) return []
  const name = at(member, 'name')
  return typeof name === 'string' ? [name] : []
}
