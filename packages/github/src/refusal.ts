import { Failed, inertLine } from '@slipway/report'
import { retryAfterMs } from '@slipway/wire'

/** A request as a reader knows it. */
export interface Asked {
  /** What it was for: `read the tags of acme/shop`. */
  readonly purpose: string
  /** The right that it takes, such as `contents: write`. */
  readonly right: string
}

/** An answer with an error's status. */
export interface Refused {
  readonly status: number
  /** GitHub's words, with those about single fields, in one line. */
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

/** What was refused, where an answer came; octokit's error is known by its shape, since a bundle may hold its class twice. */
export function refused(error: unknown): Refused | undefined {
  const status = memberOf(error, 'status')
  const response = memberOf(error, 'response')
  if (typeof status !== 'number' || response === undefined) return undefined
  const data = memberOf(response, 'data')
  const fields = memberOf(data, 'errors')
  const parts = [memberOf(data, 'message'), ...(Array.isArray(fields) ? fields.map((field) => memberOf(field, 'message') ?? memberOf(field, 'code')) : [])]
  const message = parts.filter((part) => typeof part === 'string').join(': ')
  const headers = memberOf(response, 'headers')
  return { status, message: inertLine(message === '' ? `status ${status}` : message), headers: textsOf(headers) }
}

/** How long GitHub asks to wait; undefined where it does not ask for that. Its secondary limits name no time at worst. */
export function askedToWaitMs(error: unknown, nowMs: number): number | undefined {
  const answer = refused(error)
  if (answer === undefined || (answer.status !== 403 && answer.status !== 429)) return undefined
  const { headers, message, status } = answer
  const after = retryAfterMs(headers['retry-after'], nowMs)
  if (after !== undefined) return after
  const reset = Number(headers['x-ratelimit-reset'])
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) return Math.max(1000, reset * 1000 - nowMs)
  return status === 429 || /secondary rate limit|abuse detection/i.test(message) ? 60_000 : undefined
}

/** Whether no answer came, or one that says nothing of the request: it may or may not have been carried out. */
export function isUnanswered(error: unknown): boolean {
  const answer = refused(error)
  return answer === undefined ? isOctokits(error) : answer.status >= 500
}

/** The failure in words; the error itself where it is none that a request can meet. */
export function refusal(error: unknown, { purpose, right }: Asked, nowMs: number): Error {
  if (error instanceof Failed) return error
  const what = `GitHub did not ${purpose}`
  const answer = refused(error)
  const waitMs = askedToWaitMs(error, nowMs)
  if (waitMs !== undefined) {
    return new Failed({
      code: 'throttled',
      what,
      why: `its rate limit asks to wait ${Math.ceil(waitMs / 1000)} s, longer than this run waits: ${answer?.message ?? ''}`,
      next: 'run it again after that time; what was done already is found and not done again',
    })
  }
  if (isUnanswered(error)) {
    return new Failed({ code: 'unreachable', what, why: answer?.message ?? inertLine(causeOf(error)), next: 'run it again; if it stays so, look at githubstatus.com, and at the proxy variables (HTTPS_PROXY, NO_PROXY) of the runner' })
  }
  if (answer === undefined) return error instanceof Error ? error : new Error(String(error))
  if (answer.status === 401) return new Failed({ code: 'access-denied', what, why: `it does not take the token: ${answer.message}`, next: 'give a token that is valid and has not expired by the input "github-token"; a token of an App lives for an hour' })
  if (answer.status === 403 || answer.status === 404) {
    return new Failed({
      code: 'access-denied',
      what,
      why: `${answer.message} (${answer.status}; GitHub hides what a token may not see)`,
      next: `grant \`permissions: { ${right} }\` to the job, and to the job that calls it where this is a called workflow; where "github-token" is given, grant it to that App or token`,
    })
  }
  return new Failed({ code: 'github-refused', what, why: `${answer.message} (${answer.status})`, next: 'mend what GitHub names, and run it again' })
}

/** Octokit gives an error of the network the status 500, and no response. */
function isOctokits(error: unknown): boolean {
  return memberOf(error, 'status') === 500 && memberOf(error, 'response') === undefined
}

/** The innermost error tells what happened; "fetch failed" does not. */
function causeOf(error: unknown): string {
  const cause = memberOf(error, 'cause')
  if (cause !== undefined) return causeOf(cause)
  const [message, code] = [memberOf(error, 'message'), memberOf(error, 'code')]
  const parts = [message, code].filter((part): part is string => typeof part === 'string' && part !== '')
  return parts.length === 0 ? String(error) : parts.filter((part, index) => index === 0 || !parts[0]?.includes(part)).join(', ')
}

function textsOf(value: unknown): Record<string, string> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)])) : {}
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
