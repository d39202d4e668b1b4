/** Targets that are opened while something else is done. */
export interface OpenedAhead<Target, Open> {
  /** Waits until a target is open; rejects as its opening did. */
  opened(target: Target): Promise<Open>
  /** Closes what is open, and what would open later. */
  close(): Promise<void>
}

/**
 * Begins to open targets: to sign in takes several answers, one after the other, in which the files of the checkout can
 * be read. What is wrong with a target is told to whoever waits for it; what is still under way when nobody will, ends
 * with the run.
 */
export function openAhead<Target, Open extends { close(): Promise<void> }>(targets: readonly Target[], open: (target: Target) => Promise<Open>): OpenedAhead<Target, Open> {
  const all = new Set<Open>()
  let isClosed = false
  const begin = async (target: Target): Promise<Open> => {
    const one = await open(target)
    all.add(one)
    if (isClosed) await one.close()
    return one
  }
  const begun = new Map(targets.map((target) => [target, begin(target)]))
  for (const opening of begun.values()) opening.catch(() => undefined)
  return {
    async opened(target) {
      const opening = begun.get(target)
      if (opening === undefined) throw new Error('a target is used that was not to be opened')
      return opening
    },
    async close() {
      isClosed = true
      await Promise.all([...all].map((one) => one.close()))
    },
  }
}
