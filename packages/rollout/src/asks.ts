import type { ConfigurationReference } from './references.ts'

/** A GET that would confirm that an object or one of its keys is missing. */
export interface Ask extends ConfigurationReference {
  /** Under which the answer is expected in `Observation.answers`. */
  readonly id: string
}

/** What our own GET of a ConfigMap or Secret found: its keys, never its values. */
export interface Answer {
  /** When the GET was sent, on the clock of `Moment`. An older answer confirms nothing. */
  readonly atMs: number
  /** `unreadable`: the GET was refused or failed; that confirms nothing either. */
  readonly found: 'present' | 'absent' | 'unreadable'
  readonly keys: readonly string[]
}
