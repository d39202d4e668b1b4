import { duration } from '@slipway/report'
import { evidenceOf, type Cause, type Evidence, type Finding } from './cause.ts'
import { hasRun, waitingOf } from './containers.ts'
import { listAt, textAt } from './objects.ts'
import type { Ask, Answer } from './asks.ts'
import { isSince, type FirstSeen } from './first-seen.ts'
import type { ConfigurationReference } from './references.ts'
import { occurrencesIn, type Scene, type ScenePod } from './scene.ts'

/** How long an answer is good for: it is asked again while the complaint goes on. */
const freshMs = 5000

/** A ConfigMap, Secret or key that a new pod misses. */
interface Missing extends ConfigurationReference {
  readonly key: string | undefined
  readonly pod: ScenePod
  readonly container: string | undefined
  readonly reason: string
}

/** What configuration the new pods miss, each once. */
export function missingConfiguration({ pods }: Scene): ReadonlyMap<string, Missing> {
  const found = new Map<string, Missing>()
  for (const pod of pods) {
    for (const missing of missingIn(pod)) {
      const id = ['configuration', missing.kind, missing.name, missing.key ?? ''].join('/')
      if (!found.has(id)) found.set(id, missing)
    }
  }
  return found
}

/** Decides on missing configuration, and asks for what would confirm it. */
export function configuration(scene: Scene, missing: ReturnType<typeof missingConfiguration>, firstSeen: FirstSeen): { findings: Finding[]; asks: Ask[] } {
  const findings: Finding[] = []
  const asks = new Map<string, Ask>()
  const { limits, moment, observed } = scene
  for (const [key, one] of missing) {
    const isOwn = limits.ownConfiguration.some(({ kind, name }) => kind === one.kind && name === one.name)
    const graceMs = isOwn ? 0 : limits.lateConfigurationMs
    const dueMs = (firstSeen[key] ?? moment.nowMs) + graceMs
    const isDue = isSince(firstSeen, key, graceMs, moment.nowMs)
    const id = `${one.kind}/${one.name}`
    const answer = observed.answers.get(id)
    const confirms = isDue && answer !== undefined && answer.atMs >= dueMs && isMissing(one, answer)
    if (confirms) findings.push({ cause: causeOf(one, isOwn, graceMs) })
    else findings.push({ warning: { key, text: `${textOf(one)}; it is waited for ${duration(graceMs)}, then the rollout fails`, evidence: evidenceFor(one) } })
    const stale = answer === undefined || answer.atMs < dueMs || moment.nowMs - answer.atMs >= freshMs
    if (isDue && stale && !confirms) asks.set(id, { id, kind: one.kind, name: one.name })
  }
  return { findings, asks: [...asks.values()] }
}

/** The ConfigMaps, Secrets and keys that a kubelet's message names as missing. */
export function configurationIn(message: string, pod: ScenePod): (ConfigurationReference & { key: string | undefined })[] {
  const objects = [...message.matchAll(/\b(configmap|secret) "([^"]+)" not found/gi)].map(([, kind = '', name = '']) => ({ kind: kindOf(kind), name, key: undefined }))
  const keys = [...message.matchAll(/couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/\s]+\/)?([^\s,;]+)/gi)].map(([, key, kind = '', name = '']) => ({ kind: kindOf(kind), name, key }))
  const volume = /volume "([^"]+)"/.exec(message)?.[1]
  const items = [...message.matchAll(/references non-existent (config|secret) key: ([^\s,;\]]+)/gi)].flatMap(([, kind = '', key]) => {
    const name = volumeSource(pod, volume, kindOf(kind))
    return name === undefined ? [] : [{ kind: kindOf(kind), name, key }]
  })
  return [...objects, ...keys, ...items]
}

function missingIn(pod: ScenePod): Missing[] {
  const ofContainers = pod.containers.flatMap((container) => {
    const waiting = waitingOf(container)
    if (waiting?.reason === 'CreateContainerConfigError') return told(waiting.message, waiting.reason, container.name)
    if (hasRun(container) || (waiting && !isYoung(waiting.reason))) return []
    const occurrences = occurrencesIn(pod, container)
    if (occurrences.some(({ reason }) => reason === 'Created')) return []
    return occurrences.filter(({ reason }) => reason === 'Failed').flatMap(({ message }) => told(message, 'CreateContainerConfigError', container.name))
  })
  // All volumes are mounted before the first container starts.
  const ofVolumes = pod.containers.some(hasRun) ? [] : pod.occurrences.filter(({ reason }) => reason === 'FailedMount').flatMap(({ message }) => told(message, 'FailedMount', undefined))
  return [...ofContainers, ...ofVolumes]

  function told(message: string, reason: string, container: string | undefined): Missing[] {
    return configurationIn(message, pod).map((one) => ({ ...one, pod, container, reason }))
  }
}

function isMissing({ key }: Missing, { found, keys }: Answer): boolean {
  return found === 'absent' || (found === 'present' && key !== undefined && !keys.includes(key))
}

function isYoung(reason: string): boolean {
  return reason === 'ContainerCreating' || reason === 'PodInitializing'
}

function kindOf(word: string): ConfigurationReference['kind'] {
  return word.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap'
}

function volumeSource({ pod }: ScenePod, volume: string | undefined, kind: ConfigurationReference['kind']): string | undefined {
  const spec = listAt(pod, 'spec', 'volumes').find((entry) => textAt(entry, 'name') === volume)
  return kind === 'Secret' ? textAt(spec, 'secret', 'secretName') : textAt(spec, 'configMap', 'name')
}

function textOf({ kind, name, key, pod }: Missing): string {
  return key === undefined ? `${kind} ${name}, which pod ${pod.name} needs, does not exist` : `${kind} ${name} has no key ${key}, which pod ${pod.name} needs`
}

function causeOf(one: Missing, isOwn: boolean, graceMs: number): Cause {
  return {
    code: 'config-missing',
    object: { kind: one.kind, name: one.name },
    container: one.container,
    reason: one.reason,
    why: isOwn ? `${textOf(one)}, though this release should have made it` : `${textOf(one)}, nor did it appear within ${duration(graceMs)}`,
    next: isOwn
      ? 'look who deletes configuration of this namespace, and deploy again'
      : `make ${one.key === undefined ? `${one.kind} ${one.name}` : `the key ${one.key}`}, or declare it in the project file; then deploy again`,
    evidence: evidenceFor(one),
  }
}

function evidenceFor({ pod }: Missing): Evidence {
  return evidenceOf(pod.pod)
}
