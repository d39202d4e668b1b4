import { ApiError } from '@slipway/kubernetes'
import { TransportError } from '@slipway/wire'
import type { ConfigCluster } from './ports.ts'

/** What becomes of writes. */
export interface WriteNotes {
  /** Something was written. */
  written(): void
  /** A write was sent, and nobody knows whether it was carried out. */
  unanswered(): void
}

/** The cluster, its writes noted. `work` ends those that have no signal of their own. */
export function notedWrites(cluster: ConfigCluster, work: AbortSignal, notes: WriteNotes): ConfigCluster {
  const noted = async <T>(write: () => Promise<T>, signal = work): Promise<T> => {
    // Nothing is sent for a run that was told to stop before.
    const isSent = !hasEnded(signal)
    try {
      const answer = await write()
      notes.written()
      return answer
    } catch (error) {
      if (error instanceof TransportError || (isSent && hasEnded(signal) && !(error instanceof ApiError))) notes.unanswered()
      throw error
    }
  }
  return {
    ...cluster,
    apply: (object, options) => (options.dryRun === true ? cluster.apply(object, options) : noted(() => cluster.apply(object, options), options.signal)),
    create: (object, options) => (options?.dryRun === true ? cluster.create(object, options) : noted(() => cluster.create(object, options))),
    replace: (object, limits) => noted(() => cluster.replace(object, limits), limits?.signal),
    remove: (ref, preconditions, limits) => noted(() => cluster.remove(ref, preconditions, limits), limits?.signal),
  }
}

function hasEnded(signal: AbortSignal): boolean {
  return signal.aborted
}
