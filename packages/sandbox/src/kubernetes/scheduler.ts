/** The only clock of a server: everything that happens later passes here, faster by `speed`, and ends with `close`. */
export class Scheduler {
  readonly speed: number
  readonly #timers = new Set<NodeJS.Timeout>()
  #closed = false

  constructor(speed: number) {
    this.speed = speed
  }

  /** Runs it after that many milliseconds of cluster time; the answer cancels. */
  after(ms: number, run: () => void): () => void {
    if (this.#closed || ms / this.speed >= 2 ** 31) return () => undefined
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms / this.speed)
    timer.unref()
    this.#timers.add(timer)
    return () => {
      clearTimeout(timer)
      this.#timers.delete(timer)
    }
  }

  /** Milliseconds of cluster time. */
  now(): number {
    return performance.now() * this.speed
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
