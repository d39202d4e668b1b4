import type { JsonObject } from '@slipway/release'
import { numberAt, textAt } from './objects.ts'
import { isOlder, toSeconds, type Applied } from './workload.ts'

/** An Event about one object, which may stand for many like it. */
export interface Occurrence {
  readonly reason: string
  readonly message: string
  /** How often it happened; Kubernetes folds repetitions into one Event. */
  readonly times: number
  /** The container, where the Event is about one. */
  readonly container: string | undefined
  readonly reporter: string
}

/** Reasons of Events that say of every rollout only that the controllers do their work: nothing reads them, so whoever watches need not ask for them. */
export const unreadReasons = ['ScalingReplicaSet', 'SuccessfulCreate', 'SuccessfulDelete'] as const

/** Events by the uid of the object that they are about. */
export type EventsByUid = ReadonlyMap<string, readonly JsonObject[]>

/** Sorts Events by what they are about. */
export function eventsByUid(events: readonly JsonObject[]): EventsByUid {
  return Map.groupBy(events, (event) => textAt(event, 'involvedObject', 'uid') ?? '')
}

/** The Events about an object that belong to this rollout. */
export function occurrencesOf(object: JsonObject, events: EventsByUid, applied: Applied): Occurrence[] {
  const older = isOlder(object, applied)
  return (events.get(textAt(object, 'metadata', 'uid') ?? 'nothing') ?? []).flatMap((event) => {
    if (older && isBefore(event, applied)) return []
    return [
      {
        reason: textAt(event, 'reason') ?? '',
        message: (textAt(event, 'message') ?? '').trim(),
        times: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
        container: /^spec\.\w+\{(.+)\}$/.exec(textAt(event, 'involvedObject', 'fieldPath') ?? '')?.[1],
        reporter: textAt(event, 'source', 'component') ?? textAt(event, 'reportingComponent') ?? '',
      },
    ]
  })
}

/** How often these happened, all in all. */
export function timesOf(occurrences: readonly Occurrence[]): number {
  return occurrences.reduce((sum, { times }) => sum + times, 0)
}

/** Two writers, two shapes: `count` with `lastTimestamp`, or `eventTime` with a `series`. An Event without any time counts. */
function isBefore(event: JsonObject, { writtenAt }: Applied): boolean {
  const last = textAt(event, 'series', 'lastObservedTime') ?? textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime')
  return last !== undefined && writtenAt !== undefined && toSeconds(last) < toSeconds(writtenAt)
}
