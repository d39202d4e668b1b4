import { Failed } from '@slipway/report'

/** A request as a reader knows it. */
export interface Asked {
  /** The service's name, such as `Secrets Manager`. */
  readonly service: string
  /** The right that it takes, such as `ecr:PutImage`. */
  readonly right: string
  readonly region: string
  /** What it is about, such as `the repository shop/cart`. */
  readonly object: string
}

const denied = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']
const throttled = ['ThrottlingException', 'Throttling', 'ThrottledException', 'TooManyRequestsException', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException']
const expired = ['ExpiredToken', 'ExpiredTokenException']
const unknownKey = ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'IncompleteSignature', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException']
const unreached = /^(?:E[A-Z]+|EAI_AGAIN|UND_ERR_\w+|ERR_PROXY\w*|ERR_TLS\w*|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/

/**
 * What is thrown for a request that AWS refused, or that did not reach it: a failure in words where it is one of
 * those that any request can meet, else the error itself.
 */
export function refusal(error: unknown, asked: Asked): Error {
  if (error instanceof Failed) return error
  const { service, right, region, object } = asked
  const name = errorName(error)
  const what = `${service} in ${region} refused ${right} for ${object}`
  if (denied.includes(name)) return new Failed({ code: 'access-denied', what, why: errorMessage(error), next: `allow ${right} on ${object} to the identity that signed in` })
  if (throttled.includes(name) || statusOf(error) === 429) {
    return new Failed({ code: 'throttled', what: `${service} in ${region} still throttles ${right} for ${object} after ${attemptsOf(error)} attempts`, why: errorMessage(error), next: 'run it again later, or ask AWS for a higher quota of this call' })
  }
  if (expired.includes(name)) {
    return new Failed({ code: 'sign-in-failed', what, why: 'the credentials of this job have expired', next: 'give the input "role", with which they are renewed, or make them live longer' })
  }
  // The text of AWS about a signature quotes the request with its session token.
  if (unknownKey.includes(name)) {
    return new Failed({ code: 'sign-in-failed', what, why: `AWS does not take the access key or its signature (${name})`, next: 'check the AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN that the job was given, and the clock of this machine' })
  }
  const code = codeOf(error)
  if (unreached.test(code) || name === 'TimeoutError') {
    return new Failed({
      code: 'unreachable',
      what: `${service} in ${region} cannot be reached for ${right}`,
      why: `${errorMessage(error)}${code === '' || errorMessage(error).includes(code) ? '' : ` (${code})`}`,
      next: 'check the region, the proxy variables (HTTPS_PROXY, NO_PROXY), AWS_ENDPOINT_URL if it is set, and what the runner\'s network lets through',
    })
  }
  const status = statusOf(error)
  if (status !== undefined && status >= 500) {
    return new Failed({ code: 'unreachable', what: `${service} in ${region} failed to answer ${right} for ${object} in ${attemptsOf(error)} attempts`, why: `it answers with status ${status}: ${errorMessage(error)}`, next: 'look at the AWS Health Dashboard, and run it again' })
  }
  return error instanceof Error ? error : new Error(errorMessage(error), { cause: error })
}

/** An error's name, whatever realm its class is of. */
export function errorName(error: unknown): string {
  return textOf(error, 'name')
}

export function errorMessage(error: unknown): string {
  const errors = memberOf(error, 'errors')
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return textOf(error, 'message') || (first === undefined ? String(error) : errorMessage(first))
}

function codeOf(error: unknown): string {
  const errors = memberOf(error, 'errors')
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  // An error of another realm is wrapped by the SDK into one that only quotes it.
  return textOf(error, 'code') || (first === undefined ? (/\b(?:ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/.exec(errorMessage(error))?.[0] ?? '') : textOf(first, 'code'))
}

/** How often the SDK asked. */
export function attemptsOf(answer: unknown): number {
  const attempts = memberOf(memberOf(answer, '$metadata'), 'attempts')
  return typeof attempts === 'number' ? attempts : 1
}

function statusOf(error: unknown): number | undefined {
  const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode')
  return typeof status === 'number' ? status : undefined
}

function textOf(value: unknown, name: string): string {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : ''
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
