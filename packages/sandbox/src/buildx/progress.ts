/** Tells the steps of a build on stderr, as BuildKit's plain progress does. */
export class Progress {
  #last = 0

  /** Runs one step. What `work` tells is printed as it comes; the word that it gives back replaces DONE. */
  async step(title: string, work: (tell: (line: string) => void) => Promise<'CACHED' | undefined> | 'CACHED' | undefined): Promise<void> {
    this.#last += 1
    const number = this.#last
    const startedAt = performance.now()
    const tell = (line: string): void => {
      process.stderr.write(`#${number} ${line}\n`)
    }
    tell(title)
    try {
      tell((await work(tell)) ?? `DONE ${((performance.now() - startedAt) / 1000).toFixed(1)}s`)
    } catch (error) {
      tell(`ERROR: ${error instanceof Error ? error.message : String(error)}`)
      process.stderr.write(`------\n > ${title}:\n------\n`)
      throw error
    }
    process.stderr.write('\n')
  }
}
