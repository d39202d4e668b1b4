/** Whoever waits for a change of a Deployment's own. */
export interface Changes {
  /** Resolves at the next change of what one Deployment is or has: asked for before a look, it misses none that comes while that look is dealt with. */
  next(deployment: string): Promise<void>
  tell(deployments: Iterable<string>): void
  tellAll(): void
}

/** What comes together is told at once: one look for all of it. */
export function openChanges(): Changes {
  const asked = new Map<string, PromiseWithResolvers<undefined>>()
  const changed = new Set<string>()
  let telling: NodeJS.Immediate | undefined
  const tell = (deployments: Iterable<string>): void => {
    // Who asks later looks later, and sees it.
    for (const name of deployments) if (asked.has(name)) changed.add(name)
    if (changed.size === 0) return
    telling ??= setImmediate(() => {
      telling = undefined
      for (const name of changed) {
        asked.get(name)?.resolve(undefined)
        asked.delete(name)
      }
      changed.clear()
    })
  }
  return {
    tell,
    tellAll() {
      tell(asked.keys())
    },
    next(deployment) {
      const known = asked.get(deployment) ?? Promise.withResolvers<undefined>()
      asked.set(deployment, known)
      return known.promise
    },
  }
}
