import type { GitHub } from '@slipway/github'
import type { Clock } from '@slipway/wire'
import type { ProofPorts } from './proven.ts'

/** Everything that the story reaches outside itself. */
export interface Ports {
  /** Opened where an environment must have proven the commit: most runs are spared loading what that takes. */
  readonly proof: () => Promise<Omit<ProofPorts, 'say'>>
  readonly github: GitHub
  readonly clock: Clock
  /** Ends when the run is told to stop. */
  readonly work: AbortSignal
  readonly say: (text: string) => void
  /** Told when a tag, a release or a run was made or may have been. A claim on a commit is none: it changes nothing for anybody. */
  readonly wrote: () => void
}

/** The run that tags. */
export interface Origin {
  /** `owner/repository`. */
  readonly repository: string
  readonly commit: string
  /** The run's page. */
  readonly url: string
}
