/** A goal and how it fared. */
export interface Goal {
  readonly what: string
  readonly goal: string
  readonly measured: string
  readonly kept: boolean
}

/** What one measurement came to. */
export interface Part {
  readonly title: string
  /** How it was measured, and what a number means. */
  readonly notes: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly goals: readonly Goal[]
}
