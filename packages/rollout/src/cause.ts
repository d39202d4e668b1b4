import type { JsonObject } from '@slipway/release'
import type { FailureCode } from '@slipway/report'
import { containersOf, hasRun, type Container } from './containers.ts'
import { numberAt, textAt } from './objects.ts'

/** An object of the namespace, as `kubectl` names it. */
export interface ObjectRef {
  readonly kind: string
  readonly name: string
}

/** A probe that failed, with what it was answered. */
export interface ProbeAnswer {
  readonly kind: 'Readiness' | 'Liveness' | 'Startup'
  readonly container: string
  readonly answer: string
  readonly times: number
}

/** Where the evidence lies; the caller collects it, and redacts it. */
export interface Evidence {
  /** Whose Events tell the story, the one that failed first. */
  readonly eventsOf: readonly ObjectRef[]
  /** The log worth reading; undefined where nothing has run. `previous`: there was a run before it, whose log says more. */
  readonly log: { readonly pod: string; readonly container: string; readonly previous: boolean } | undefined
  readonly probe: ProbeAnswer | undefined
  /** The node of the pod: its pressure may be the reason. */
  readonly node: string | undefined
}

/** Why a rollout fails. The words of the cluster in it are not inert: print them so. */
export interface Cause {
  readonly code: FailureCode
  /** What failed: a pod, a ReplicaSet, a Deployment, or the ConfigMap or Secret that is absent. */
  readonly object: ObjectRef
  readonly container: string | undefined
  /** The cluster's own word: `CrashLoopBackOff`, `ErrImagePull` … */
  readonly reason: string
  /** One sentence with the facts, without a full stop. */
  readonly why: string
  /** What the reader does now. */
  readonly next: string
  readonly evidence: Evidence
}

/** Something wrong at this moment that decides nothing yet. Told once for each key. */
export interface Warning {
  readonly key: string
  readonly text: string
  readonly evidence: Evidence | undefined
  /** So far it is as a healthy start may be: nobody is told, unless time runs out over it. */
  readonly expected?: boolean
}

/** What one decision made of an observation. */
export interface Finding {
  readonly cause?: Cause
  readonly warning?: Warning
}

/** The kind is the caller's to say: the items of a LIST do not. */
export function refOf(kind: 'Deployment' | 'ReplicaSet' | 'Pod', object: JsonObject): ObjectRef {
  return { kind, name: textAt(object, 'metadata', 'name') ?? '' }
}

/** The evidence that a pod gives, and one of its containers. */
export function evidenceOf(pod: JsonObject, container?: Container, probe?: ProbeAnswer): Evidence {
  const name = textAt(pod, 'metadata', 'name') ?? ''
  const worth = container ?? containersOf(pod).find(hasRun)
  return {
    eventsOf: [refOf('Pod', pod)],
    log:
      worth !== undefined && hasRun(worth)
        ? { pod: name, container: worth.name, previous: (numberAt(worth.status, 'restartCount') ?? 0) > 0 }
        : undefined,
    probe,
    node: textAt(pod, 'spec', 'nodeName'),
  }
}

/** The evidence of an object that has no log. */
export function evidenceAbout(object: ObjectRef): Evidence {
  return { eventsOf: [object], log: undefined, probe: undefined, node: undefined }
}

/** A message of the cluster, cut to what fits into a sentence. */
export function quoted(message: string, length = 400): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/[.:;,]+$/, '')
  return line.length > length ? `${line.slice(0, length)}…` : line
}
