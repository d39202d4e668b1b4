import { retryAfterMs, TransportError, type Clock, type HttpResponse } from '@slipway/wire'

/** A registry that answered, and has no time now. */
export class Busy extends Error {
  readonly status: number
  readonly afterMs: number | undefined

  constructor(status: number, afterMs: number | undefined) {
    super(`it answered ${status}`)
    this.status = status
    this.afterMs = afterMs
  }
}

/**
 * The answer, where it is one.
 * @throws Busy, with the wait that the registry asks for, where it is to be asked again.
 */
export async function answered(response: HttpResponse, clock: Clock): Promise<HttpResponse> {
  if (response.status !== 429 && response.status < 500) return response
  await response.bytes()
  throw new Busy(response.status, retryAfterMs(response.headers['retry-after'], clock.now()))
}

/** What is worth another attempt: a registry that has no address will have none in a second. */
export function worthAnother(error: unknown): false | { readonly afterMs?: number } {
  if (error instanceof Busy) return error.afterMs === undefined ? {} : { afterMs: error.afterMs }
  return error instanceof TransportError && error.code !== 'ENOTFOUND' ? {} : false
}

/** Whether a host is this machine, where no TLS is needed. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
