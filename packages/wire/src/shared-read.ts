/** What is read anew for everyone who asks, and once for all who ask while an earlier read is under way. */
export function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  let next: Promise<T> | undefined
  const begin = (): Promise<T> => {
    const begun = read().finally(() => {
      if (underWay === begun) underWay = undefined
    })
    underWay = begun
    return begun
  }
  const begunNext = (): Promise<T> => {
    next = undefined
    return begin()
  }
  return () => {
    if (underWay === undefined) return begin()
    next ??= underWay.then(begunNext, begunNext)
    return next
  }
}
