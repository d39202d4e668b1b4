/** Keys that sign requests. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** Left out where they do not end. */
  readonly expiration?: Date
}

const earlyMs = 5 * 60_000

/** Gives the same credentials to everyone, and asks for new ones five minutes before they end: once, however many wait. */
export function kept(fresh: () => Promise<Credentials>, now: () => number = Date.now): () => Promise<Credentials> {
  let current: Promise<Credentials> | undefined
  const renew = (): Promise<Credentials> => {
    const asked: Promise<Credentials> = fresh().catch((error: unknown) => {
      // The next one who asks tries again.
      if (current === asked) current = undefined
      throw error
    })
    current = asked
    return asked
  }
  return async () => {
    const asked = current
    if (!asked) return renew()
    const { expiration } = await asked
    if (expiration === undefined || expiration.getTime() - now() > earlyMs) return asked
    return current === asked || current === undefined ? renew() : current
  }
}
