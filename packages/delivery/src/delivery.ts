import type { Failure } from '@slipway/report'
import type { Outcome, Participant, RolledService, Source } from '@slipway/release'
import type { EvidenceReport } from '@slipway/rollout'
import type { Clock } from '@slipway/wire'
import type { Adoption } from './adopt-difference.ts'
import type { CommitHistory, Narrator, Observer, TargetPorts } from './ports.ts'
import type { WantedService } from './wanted.ts'

/** How long to be patient, in milliseconds. */
export interface Patience {
  readonly soakMs: number
  /** Left out: the manifest's progress deadline and a minute. */
  readonly timeoutMs?: number
  /** Which termination of one container is a failure; the third unless given. */
  readonly crashThreshold?: number
}

/** A run's share in one target: what its records and messages name. */
export interface Mission {
  /** Unique among all runs; names the release in records and on workloads. */
  readonly release: string
  readonly target: { readonly name: string; readonly namespace: string; readonly recordNamespace: string }
  readonly source: Source
  readonly patience: Patience
  /** `preflight` and `plan` end after the checks. */
  readonly until: 'preflight' | 'plan' | 'deployed'
  /** What is done about objects that others have made: `plan` says whose they are, `take` takes them over. Left out, they are refused. */
  readonly adopt?: 'plan' | 'take'
  /** All that the release is about, where it goes to several targets. */
  readonly participants?: readonly Participant[]
}

/** A release of several services to one target. */
export interface Delivery extends Mission {
  readonly services: readonly WantedService[]
  readonly version?: string
  /** What becomes of a service that fails. */
  readonly onFailure: 'rollback' | 'leave'
  /** Given where nothing older may be put in the place of what runs. */
  readonly history?: CommitHistory
}

/** What became of one service. */
export interface ServiceResult extends RolledService {
  readonly service: string
  /** Whether anything was written for it. */
  readonly wrote: boolean
  /** The record that was the newest one before, for the sentence on whose work was replaced. */
  readonly replaced?: { readonly sequence: number; readonly source: Source; readonly at: string }
  readonly failure?: Failure
  /** What explains the failure; every value of the pods' Secrets is blotted out. */
  readonly evidence?: EvidenceReport
  /** What was, or would be, taken from others of its objects. */
  readonly adoption?: readonly Adoption[]
  /** What was put back after the failure: the new revision, and the one whose content it has. */
  readonly restored?: { readonly sequence: number; readonly from: number }
}

export interface DeliveryResult {
  readonly outcome: Outcome
  readonly services: readonly ServiceResult[]
}

/** The edges of a delivery: everything outside goes through these. */
export interface Surroundings {
  readonly ports: TargetPorts
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly narrator: Narrator
  /** Shared by the targets of a run: a run that was ousted from one of them writes nothing more in any. */
  readonly ousted?: AbortController
}

/** A mission under way: its edges, its eyes, and its end for all services at once. */
export interface Underway extends Surroundings {
  readonly mission: Mission
  /** The services of the release, for its records. */
  readonly services: readonly string[]
  /** Opened beside what comes first; awaited before anything is written. */
  readonly observer: Promise<Observer>
  /** Ends when the run is told to stop, or when another run has taken a lock of it. */
  readonly stop: AbortSignal
  /** Ends everything: a run that was ousted from one service writes nothing more anywhere. */
  oust(by: string): void
}

/** Watches the target while `body` runs. */
export async function underway<T>(mission: Mission, services: readonly string[], around: Surroundings, body: (run: Underway) => Promise<T>): Promise<T> {
  const { ousted = new AbortController() } = around
  const observer = around.ports.observe()
  // Told where it is awaited.
  observer.catch(() => undefined)
  try {
    return await body({
      ...around,
      mission,
      services,
      observer,
      stop: AbortSignal.any([around.work, ousted.signal]),
      oust(by) {
        ousted.abort(by)
      },
    })
  } finally {
    await observer.then((one) => one.close(), () => undefined)
  }
}

/** As Promise.all, but nothing is left running behind a rejection. */
export async function allSettled<T>(running: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(running)
  return Promise.all(running)
}
