import type { Resource } from './resource.ts'

/** What a container does that its manifest cannot tell. Times are of the cluster, before `speed`. */
export interface ContainerLife {
  /** From the start to ready; without it 1500 where there is a readiness probe, else 0. `Infinity`: never. A given time makes the readiness probe fail, and tell so, until then. */
  readonly readyAfterMs?: number
  /** What each run prints at its start. */
  readonly log?: readonly string[]
  /** Each run ends so long after its start; after `times` ends (default: always) a run goes on. */
  readonly crash?: {
    readonly afterMs: number
    readonly exitCode: number
    readonly times?: number
    /** The node's words for the end instead of `Error` or `Completed`. */
    readonly reason?: 'OOMKilled'
    /** What such a run prints besides, right before its end. */
    readonly log?: readonly string[]
  }
  /** No run starts; the runtime's words why: `exec: "/app": stat /app: no such file or directory`. */
  readonly startError?: string
  /** The probe that fails as long as the container runs; its answer, if it is not that nobody listens. The probe's own numbers are the manifest's. */
  readonly probe?: { readonly fails: 'readiness' | 'liveness' | 'startup'; readonly answer?: string }
}

/** What a test wants of a pod: of its first container, where it does not say otherwise. */
export interface Life extends ContainerLife {
  /** Until an image is there; 400. */
  readonly pullMs?: number
  /** The registry fails so many pulls (default: all) whatever it has. */
  readonly registry?: { readonly fails: 'unauthorized' | 'unreachable'; readonly times?: number }
  /** The lives of other containers, init containers included, by name. */
  readonly containers?: Readonly<Record<string, ContainerLife>>
}

/** The pod's life, from the pod and its image's labels. */
export type LifeScript = (pod: Resource, imageLabels: Readonly<Record<string, string>>) => Life | undefined
