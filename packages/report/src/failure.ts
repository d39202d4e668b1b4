import type { FailureCode } from './codes.ts'

/** A place in a file: 1-based line and column. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** An expected failure, told so that the reader knows what to do next. */
export interface Failure {
  readonly code: FailureCode
  /** What happened, in one sentence that names the object or the input. */
  readonly what: string
  /** Where: an object and its target, an input, a service. Left out where `at` or `what` says it. */
  readonly where?: string
  /** The place in a file of the user's, shown as an annotation there. */
  readonly at?: Place
  /** The rule or the cause. */
  readonly why: string
  /** What the reader does now. */
  readonly next: string
}

/** Ends what is being done because of one or more expected failures; anything else that is thrown is a bug. */
export class Failed extends Error {
  readonly failures: readonly [Failure, ...Failure[]]

  constructor(first: Failure, ...more: readonly Failure[]) {
    super([first, ...more].map(failureText).join('\n'))
    this.name = 'Failed'
    this.failures = [first, ...more]
  }
}

/** One failure in one line: `place: what; why. Next: …`. */
export function failureText(failure: Failure): string {
  const place = failure.at ? `${placeText(failure.at)}: ` : failure.where !== undefined ? `${failure.where}: ` : ''
  return `${place}${withoutStop(failure.what)}: ${withoutStop(failure.why)}. ${upperFirst(withoutStop(failure.next))}. [${failure.code}]`
}

/** `file:line:column`, as far as known. */
export function placeText(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
}

/** Collects every problem before anything is said, so that a user mends all of them at once. */
export class Problems {
  readonly #failures: Failure[] = []

  add(failure: Failure): void {
    this.#failures.push(failure)
  }

  /** Runs `attempt`; the failures that it throws are collected, and undefined is returned. */
  try<T>(attempt: () => T): T | undefined {
    try {
      return attempt()
    } catch (error) {
      this.#collect(error)
      return undefined
    }
  }

  /** As `try`, for what takes its time. */
  async tryAsync<T>(attempt: () => Promise<T>): Promise<T | undefined> {
    try {
      return await attempt()
    } catch (error) {
      this.#collect(error)
      return undefined
    }
  }

  get all(): readonly Failure[] {
    return this.#failures
  }

  /** @throws Failed with everything collected, if anything was. */
  throwIfAny(): void {
    const [first, ...more] = this.#failures
    if (first) throw new Failed(first, ...more)
  }

  #collect(error: unknown): void {
    if (!(error instanceof Failed)) throw error
    this.#failures.push(...error.failures)
  }
}

function withoutStop(text: string): string {
  return text.replace(/[.\s]+$/, '')
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
