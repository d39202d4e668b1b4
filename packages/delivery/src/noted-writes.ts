import type { TargetPorts } from './ports.ts'
import { Failed } from '@slipway/report'

/**
 * The target, its writes noted: those that were carried out, and those that were sent and not answered.
 * Locks are none: they are given back, or end by themselves.
 */
export function notedWrites(ports: TargetPorts, work: AbortSignal, wrote: () => void): TargetPorts {
  const { objects, records } = ports
  const noted = async <T>(write: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> => {
    // Nothing is sent for a run that was told to stop before.
    const isSent = !work.aborted
    try {
      const answer = await write()
      if (isDone(answer)) wrote()
      return answer
    } catch (error) {
      if (isSent && !isRefusal(error)) wrote()
      throw error
    }
  }
  return {
    ...ports,
    objects: {
      ...objects,
      apply: (object, options) => (options.dryRun ? objects.apply(object, options) : noted(() => objects.apply(object, options), ({ kind }) => kind === 'applied')),
      amend: (name, metadata, options) => noted(() => objects.amend(name, metadata, options), ({ kind }) => kind === 'applied'),
      remove: (name, state) => noted(() => objects.remove(name, state), (answer) => answer === 'removed'),
    },
    records: {
      ...records,
      create: (record, fingerprint, names, verdict) => noted(() => records.create(record, fingerprint, names, verdict), (answer) => answer === 'created'),
      conclude: (service, sequence, verdict) => noted(() => records.conclude(service, sequence, verdict), () => true),
      addNames: (head, names) => noted(() => records.addNames(head, names), () => true),
      changeBlocks: (service, change) => noted(() => records.changeBlocks(service, change), () => true),
    },
  }
}

/** Whether the server has said no: then it has written nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof Failed && ['access-denied', 'cluster-refused', 'record-unreadable', 'record-too-large'].includes(error.failures[0].code)
}
