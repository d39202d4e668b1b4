/** How many of a build's steps came from its cache. */
export interface CacheHits {
  readonly steps: number
  readonly cached: number
}

/**
 * Counts the steps of BuildKit's plain progress, and those that its cache answered.
 * A step is `#7 [build 2/5] COPY …`; `#7 CACHED` says that it was not run. FROM and the internal steps do not count.
 */
export class BuildProgress {
  readonly #steps = new Set<string>()
  readonly #cached = new Set<string>()
  #lastError: string | undefined

  /** Takes one line of output. */
  read(line: string): void {
    const [, number = '', text = ''] = /^#(\d+) (.*)$/.exec(line.trimEnd()) ?? []
    if (/^\[(?:[^\]]+ )?\d+\/\d+\] (?!FROM )/.test(text)) this.#steps.add(number)
    else if (text === 'CACHED') this.#cached.add(number)
    const error = /^ERROR: (.+)$/.exec(number === '' ? line.trim() : text)?.[1]
    if (error !== undefined) this.#lastError = error
  }

  get hits(): CacheHits {
    return { steps: this.#steps.size, cached: [...this.#cached].filter((number) => this.#steps.has(number)).length }
  }

  /** The last error that was told, from outside as it came. */
  get lastError(): string | undefined {
    return this.#lastError
  }
}

/** The share of steps that came from the cache, over all builds: `0.75`; empty where nothing was built. */
export function hitRatio(builds: readonly CacheHits[]): string {
  const steps = builds.reduce((sum, build) => sum + build.steps, 0)
  const cached = builds.reduce((sum, build) => sum + build.cached, 0)
  return steps === 0 ? '' : String(Math.round((cached / steps) * 100) / 100)
}
