/** What ends a build with a sentence for its user and no stack: a wrong build, or something that the stand-in cannot do. */
export class Refusal extends Error {
  /** What the whole build says of it, where that is more than the step does. */
  readonly solved: string

  constructor(message: string, solved = message) {
    super(message)
    this.solved = solved
  }
}

/** A refusal of what only a real engine does. */
export function needsEngine(what: string): Refusal {
  return new Refusal(`${what}: the sandbox's stand-in for docker cannot do this; a real engine is needed`)
}
