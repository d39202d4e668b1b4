import { withRetries, type Clock } from '@slipway/wire'
import type { getOctokit } from '@actions/github'
import { askedToWaitMs, isUnanswered, refusal, refused, type Asked, type Refused } from './refusal.ts'

/** What a conversation with GitHub is led by. */
export interface Patience {
  readonly clock: Clock
  /** Ends the conversation, with its reason. */
  readonly signal: AbortSignal
  /** Told before each wait, in words. */
  readonly onWait: (text: string) => void
  /** The longest that one request is tried again; three minutes unless given, since a secondary limit mostly asks for one. */
  readonly budgetMs?: number
}

/** The client's typed request: paths and answers are those of GitHub's OpenAPI description. */
export type Request = ReturnType<typeof getOctokit>['request']

/** A conversation about one repository. */
export interface Conversation {
  readonly request: Request
  readonly here: { readonly owner: string; readonly repo: string }
  /** `owner/repository`. */
  readonly repository: string
  /** The answer. @throws Failed where it is refused or does not come. */
  readonly say: <T>(call: () => Promise<{ readonly data: T }>, purpose: string, right: string) => Promise<T>
  /** The answer, or the refusal. @throws Failed where neither comes. */
  readonly attempt: <T>(call: () => Promise<{ readonly data: T }>, asked: Asked, isRepeatable?: boolean) => Promise<{ readonly data: T } | { readonly refused: Refused; readonly failure: Error }>
  readonly pause: (ms: number) => Promise<void>
}

/** How many entries a page of a list has at most. */
export const pageSize = 100

const threeMinutesMs = 180_000

/** Leads a conversation: limits are waited for as GitHub asks, and what was not answered is asked again where it may be. */
export function conversation(request: Request, repository: string, patience: Patience): Conversation {
  const [owner = '', repo = ''] = repository.split('/')
  const attempt: Conversation['attempt'] = async (call, asked, isRepeatable = true) => {
    try {
      return { data: await persistent(async () => whole((await call()).data), asked, patience, isRepeatable) }
    } catch (error) {
      if (patience.signal.aborted) throw patience.signal.reason
      const [answer, failure] = [refused(error), refusal(error, asked, patience.clock.now())]
      if (answer === undefined || isUnanswered(error) || askedToWaitMs(error, patience.clock.now()) !== undefined) throw failure
      return { refused: answer, failure }
    }
  }
  return {
    request,
    here: { owner, repo },
    repository,
    attempt,
    pause: (ms) => patience.clock.wait(ms, patience.signal),
    async say(call, purpose, right) {
      const answer = await attempt(call, { purpose, right })
      if ('failure' in answer) throw answer.failure
      return answer.data
    },
  }
}

/** All pages of a list; the last is the one that is not full. */
export async function pages<T>(page: (number: number) => Promise<readonly T[]>, from = 1): Promise<T[]> {
  const all: T[] = []
  for (let number = from; ; number += 1) {
    const one = await page(number)
    all.push(...one)
    if (one.length < pageSize) return all
  }
}

function persistent<T>(call: () => Promise<T>, { purpose }: Asked, { clock, signal, onWait, budgetMs = threeMinutesMs }: Patience, isRepeatable: boolean): Promise<T> {
  return withRetries(call, {
    clock,
    signal,
    budgetMs,
    random: Math.random,
    retry(error) {
      const afterMs = askedToWaitMs(error, clock.now())
      if (afterMs !== undefined) return { afterMs }
      return isRepeatable && isUnanswered(error) ? {} : false
    },
    onWait(waitMs, error) {
      const status = refused(error)?.status
      onWait(`GitHub ${status === undefined ? 'did not answer' : `answered with status ${status}`} when asked to ${purpose}; trying again in ${(waitMs / 1000).toFixed(1)} s`)
    },
  })
}

/** Octokit gives an answer that broke off as text. */
function whole<T>(data: T): T {
  if (typeof data === 'string' && data !== '') throw Object.assign(new Error('the answer is no JSON'), { status: 500 })
  return data
}
