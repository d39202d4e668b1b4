import { isJsonObject, type JsonObject } from '@slipway/release'
import { duration, redaction } from '@slipway/report'
import { listAt, numberAt, objectAt, redactCause, reportOf, secretsOf, textAt, type Cause, type EvidenceReport, type GatheredEvent, type GatheredLog, type Hiding, type ObjectRef, type Observation } from '@slipway/rollout'
import type { Clock } from '@slipway/wire'

/** Where evidence is read: one namespace of one cluster. What may not be read, or cannot, is no reason to throw. */
export interface EvidenceSource {
  /** The last lines of a container's log; undefined where there is none or it may not be read. */
  log(pod: string, container: string, options: { readonly previous: boolean; readonly tailLines: number; readonly signal: AbortSignal }): Promise<string | undefined>
  /** The values of a Secret by key. */
  secret(name: string, signal: AbortSignal): Promise<ReadonlyMap<string, Uint8Array> | 'absent' | 'unreadable'>
  /** A Node, which is no object of the namespace: most roles may not read it. */
  node(name: string, signal: AbortSignal): Promise<JsonObject | undefined>
}

/** When to be content with what is there. */
export interface EvidenceDeadline {
  readonly clock: Clock
  /** Five seconds unless given. */
  readonly withinMs?: number
  /** Ends the wait at once: the run was told to stop. */
  readonly signal?: AbortSignal
}

/** What may be printed of a failure: both without any value of a Secret that its pods refer to. */
export interface Explained {
  readonly cause: Cause
  readonly report: EvidenceReport
}

/**
 * Reads the evidence that a cause points at, all of it side by side, and hides every value of every Secret that the
 * pods concerned refer to. Never throws: what cannot be read in time is left out; where a Secret cannot be read,
 * whatever a container said is.
 */
export async function collectEvidence(cause: Cause, observed: Observation, source: EvidenceSource, deadline: EvidenceDeadline): Promise<Explained> {
  const { log, node, probe, eventsOf } = cause.evidence
  const inTime = openDeadline(deadline)
  try {
    const [hiding, text, found] = await Promise.all([
      hide(secretsConcerned(cause, observed), namesIn(observed), source, inTime),
      log && logOf(log, observed, source, inTime),
      node === undefined ? undefined : inTime((signal) => source.node(node, signal), undefined),
    ])
    const events = eventsAbout(eventsOf, observed, deadline.clock.now())
    return {
      cause: redactCause(cause, observed, hiding),
      report: reportOf({ events, log: text, probe, node: found }, hiding),
    }
  } finally {
    inTime.end()
  }
}

/** What hides the values of all Secrets that the pods and templates of a Deployment refer to, for words that are printed while it is followed. */
export async function hidingFor(observed: Observation, source: EvidenceSource, deadline: EvidenceDeadline): Promise<Hiding> {
  const inTime = openDeadline(deadline)
  try {
    return await hide(secretNames([...observed.pods, ...observed.replicaSets, ...(observed.deployment ? [observed.deployment] : [])]), namesIn(observed), source, inTime)
  } finally {
    inTime.end()
  }
}

interface InTime {
  /** What `read` comes to; `otherwise` where it fails or takes too long. */
  <T>(read: (signal: AbortSignal) => Promise<T>, otherwise: T): Promise<T>
  readonly end: () => void
}

/** Kept for the last log lines and for the lines that a runtime has written in parts. */
const tailLines = 100

function openDeadline({ clock, withinMs = 5000, signal }: EvidenceDeadline): InTime {
  const over = new AbortController()
  const late = AbortSignal.any([over.signal, ...(signal ? [signal] : [])])
  const passed = clock.wait(withinMs, late).then(
    () => {
      over.abort(new Error('the evidence was not read in time'))
    },
    () => undefined,
  )
  const inTime = async <T>(read: (signal: AbortSignal) => Promise<T>, otherwise: T): Promise<T> => {
    const tried = Promise.resolve()
      .then(() => read(late))
      .catch(() => otherwise)
    return Promise.race([tried, passed.then(() => otherwise)])
  }
  return Object.assign(inTime, {
    end() {
      over.abort(new Error('the evidence was read'))
    },
  })
}

async function hide(secrets: readonly string[], names: ReadonlySet<string>, source: EvidenceSource, inTime: InTime): Promise<Hiding> {
  const read = await Promise.all(secrets.map(async (name) => ({ name, found: await inTime((signal) => source.secret(name, signal), 'unreadable' as const) })))
  return {
    // What does not exist has no value to hide.
    redaction: redaction(read.flatMap(({ found }) => (typeof found === 'string' ? [] : [...found.values()])), names),
    unreadable: read.filter(({ found }) => found === 'unreadable').map(({ name }) => name),
  }
}

/** The Secrets of the pods that the evidence is about, as they are and as their templates say. */
function secretsConcerned({ object, evidence }: Cause, observed: Observation): string[] {
  const names = new Set([object, ...evidence.eventsOf].map(({ kind, name }) => `${kind}/${name}`))
  if (evidence.log) names.add(`Pod/${evidence.log.pod}`)
  const pods = observed.pods.filter((pod) => names.has(`Pod/${nameOf(pod)}`))
  const owners = new Set(pods.flatMap((pod) => listAt(pod, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid'))))
  const replicaSets = observed.replicaSets.filter((one) => owners.has(textAt(one, 'metadata', 'uid')) || names.has(`ReplicaSet/${nameOf(one)}`))
  return secretNames([...pods, ...replicaSets, ...(observed.deployment ? [observed.deployment] : [])])
}

/** What the workload and its containers are called: everybody reads it in every line. */
function namesIn({ deployment }: Observation): ReadonlySet<string> {
  const containers = ['initContainers', 'containers'].flatMap((kind) => listAt(deployment, 'spec', 'template', 'spec', kind))
  return new Set([deployment && nameOf(deployment), ...containers.map((container) => textAt(container, 'name'))].filter((name) => name !== undefined))
}

function secretNames(objects: readonly JsonObject[]): string[] {
  return [...new Set(objects.flatMap(secretsOf))]
}

/** The log of the run that failed: the previous one where the container runs again; the other one where that says nothing. */
async function logOf({ pod, container, previous }: NonNullable<Cause['evidence']['log']>, observed: Observation, source: EvidenceSource, inTime: InTime): Promise<GatheredLog> {
  const found = observed.pods.find((one) => nameOf(one) === pod)
  const read = (run: boolean): Promise<string | undefined> => inTime((signal) => source.log(pod, container, { previous: run, tailLines, signal }), undefined)
  const [present, before] = await Promise.all([read(false), previous ? read(true) : undefined])
  const runs = [
    { previous: false, text: logText(present) },
    { previous: true, text: logText(before) },
  ]
  if (previous && isRunning(found, container)) runs.reverse()
  const told = runs.find(({ text }) => text !== undefined && text.trim() !== '') ?? runs.find(({ text }) => text !== undefined) ?? { previous: false, text: undefined }
  return { namespace: textAt(found, 'metadata', 'namespace') ?? 'default', pod, container, ...told }
}

/** The kubelet answers with this sentence instead of a log that it has deleted. */
function logText(text: string | undefined): string | undefined {
  return text?.startsWith('unable to retrieve container logs for ') === true ? undefined : text
}

function isRunning(pod: JsonObject | undefined, container: string): boolean {
  return [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].some((status) => textAt(status, 'name') === container && objectAt(status, 'state', 'running') !== undefined)
}

function eventsAbout(objects: readonly ObjectRef[], observed: Observation, nowMs: number): GatheredEvent[] {
  const times = observed.events.filter(isJsonObject).flatMap((event) => {
    const object = { kind: textAt(event, 'involvedObject', 'kind') ?? '', name: textAt(event, 'involvedObject', 'name') ?? '' }
    if (!objects.some(({ kind, name }) => kind === object.kind && name === object.name)) return []
    const lastMs = Date.parse(textAt(event, 'series', 'lastObservedTime') ?? textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? textAt(event, 'metadata', 'creationTimestamp') ?? '')
    return [{ event, object, lastMs: Number.isNaN(lastMs) ? undefined : lastMs }]
  })
  return times
    .sort((a, b) => (a.lastMs ?? 0) - (b.lastMs ?? 0))
    .map(({ event, object, lastMs }) => ({
      object,
      reason: textAt(event, 'reason') ?? '',
      message: textAt(event, 'message') ?? '',
      times: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
      age: lastMs === undefined ? undefined : ageText(Math.max(0, nowMs - lastMs)),
    }))
}

function nameOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'name') ?? ''
}

/** Events' times are whole seconds. */
function ageText(ms: number): string {
  return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : duration(ms)
}
