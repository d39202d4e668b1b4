import { inertLine } from '@slipway/report'
import { TransportError, withRetries, type Clock, type Http, type HttpRequest, type HttpResponse } from '@slipway/wire'
import { answered, Busy, isLoopback, worthAnother } from './answered.ts'

/** A registry, and the password that opens it. */
export interface RegistryEnd {
  /** As messages call it: `ECR in us-east-1`. */
  readonly name: string
  /** `https://…`, without a path. */
  readonly url: string
  readonly username: string
  readonly password: string
}

/** What a registry is asked with. */
export interface AccessOptions {
  readonly http: Http
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  /** Told of each wait before a further attempt. */
  readonly onWait: (text: string) => void
}

/** A registry that did not do what it was asked for. */
export class RegistryTrouble extends Error {
  readonly kind: 'denied' | 'refused' | 'repository-missing' | 'throttled' | 'unreachable' | 'wrong-content'
  /** The registry's name. */
  readonly registry: string
  /** What it was asked about, such as `the layer sha256:…`. */
  readonly about: string

  constructor(kind: RegistryTrouble['kind'], registry: string, about: string, why: string) {
    super(inertLine(why))
    this.kind = kind
    this.registry = registry
    this.about = about
  }
}

/** One request: `to` is a path, or an address that the registry itself has named. */
export interface Question extends Pick<HttpRequest, 'headers' | 'body' | 'timeoutMs'> {
  readonly method: string
  readonly to: string
  /** What it is about, for messages. */
  readonly about: string
}

/** The requests to one registry. Only its own address is ever given the password. */
export interface RegistryAccess {
  readonly name: string
  readonly origin: string
  /** Every status below 500 but 429 is an answer; no redirect is followed. */
  once(question: Question): Promise<HttpResponse>
  /** The same, again where that may help, for a minute. */
  ask(question: Question): Promise<HttpResponse>
  /** Does work that may fail as `once` does, again where that may help, up to eight times. */
  again<T>(about: string, attempt: (number: number) => Promise<T>): Promise<T>
  /** The trouble that an answer tells of, in the registry's own words. */
  trouble(question: Question, response: HttpResponse): Promise<RegistryTrouble>
}

const minuteMs = 60_000
/** A transfer may be long; that it is tried again is limited by the number of attempts. */
const transferBudgetMs = 60 * minuteMs

/** Opens a registry for requests; none is made. */
export function openAccess(end: RegistryEnd, { http, clock, random, signal, onWait }: AccessOptions): RegistryAccess {
  const { name } = end
  const { origin } = new URL(end.url)
  const authorization = `Basic ${Buffer.from(`${end.username}:${end.password}`).toString('base64')}`
  const once = async ({ method, to, about, headers = {}, ...more }: Question): Promise<HttpResponse> => {
    const target = URL.parse(to, end.url)
    if (!target || (target.protocol !== 'https:' && !isLoopback(target.hostname))) throw new RegistryTrouble('refused', name, about, 'it sends its clients to an address that is not https')
    const proof = target.origin === origin ? { authorization } : {}
    return answered(await http.request({ method, url: target.href, headers: { ...headers, ...proof }, signal, timeoutMs: minuteMs, ...more }), clock)
  }
  const patiently = async <T>(about: string, attempt: (number: number) => Promise<T>, budgetMs: number, attempts: number): Promise<T> => {
    let made = 0
    const counted = (number: number): Promise<T> => {
      made = number
      return attempt(number)
    }
    const told = (waitMs: number, error: unknown): void => {
      onWait(`${name} is asked again in ${(waitMs / 1000).toFixed(1)} s for ${about}: ${inertLine(error instanceof Error ? error.message : String(error))}`)
    }
    try {
      return await withRetries(counted, { clock, signal, random, budgetMs, retry: (error) => made < attempts && worthAnother(error), onWait: told })
    } catch (error) {
      if (error instanceof Busy) throw new RegistryTrouble(error.status === 429 ? 'throttled' : 'unreachable', name, about, error.message)
      throw error instanceof TransportError ? new RegistryTrouble('unreachable', name, about, error.message) : error
    }
  }
  return {
    name,
    origin,
    once,
    ask: (question) => patiently(question.about, () => once(question), minuteMs, Infinity),
    again: (about, attempt) => patiently(about, attempt, transferBudgetMs, 8),
    async trouble({ method, about }, response) {
      const { status } = response
      const { code, message } = firstError(await response.text())
      const why = `it answers ${status} to ${method}${message === '' ? '' : `: ${message.slice(0, 500)}`}`
      const kind = status === 401 || status === 403 ? 'denied' : code === 'NAME_UNKNOWN' ? 'repository-missing' : 'refused'
      return new RegistryTrouble(kind, name, about, why)
    },
  }
}

/** The first error of an answer as the distribution specification writes it, else its text. */
function firstError(text: string): { code: string; message: string } {
  try {
    const answer: unknown = JSON.parse(text)
    const errors: unknown = typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : undefined
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined
    const member = (name: string): string => {
      const value: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, name) : undefined
      return typeof value === 'string' ? value : ''
    }
    return { code: member('code'), message: [member('code'), member('message')].filter((part) => part !== '').join(' ') }
  } catch {
    return { code: '', message: text.trim() }
  }
}
