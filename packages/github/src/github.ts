import { openHttp } from '@slipway/wire'
import { conversation, type Patience } from './ask.ts'
import { commitsOf, type Commits } from './commits.ts'
import { serverIn, type AnswerAhead } from './commit-ahead.ts'
import { fetchBy } from './fetch.ts'
import { filesOf, type Files } from './files.ts'
import { refsOf, type Refs } from './refs.ts'
import { releasesOf, type Releases } from './releases.ts'
import { runsOf, type Runs } from './runs.ts'

export interface GitHubOptions extends Patience {
  /** `owner/repository`. */
  readonly repository: string
  readonly token: string
  /** GITHUB_API_URL names the server; the proxy variables are read from here, too. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What was asked for already, with the same token. */
  readonly ahead?: AnswerAhead
}

/**
 * One repository on GitHub. Every method throws Failed where GitHub refuses, cannot be reached, or asks to wait for
 * longer than a run may; waits that are shorter are made.
 */
export type GitHub = Commits & Files & Refs & Releases & Runs

/** Opens the conversation with one repository; nothing is asked yet. */
export async function openGitHub({ repository, token, environment, ahead, ...patience }: GitHubOptions): Promise<GitHub> {
  const { getOctokit } = await import('@actions/github')
  const quiet = (): void => undefined
  const { request } = getOctokit(token, {
    baseUrl: serverIn(environment),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: { signal: patience.signal, fetch: fetchBy(openHttp({ environment }), ahead) },
  })
  const about = conversation(request, repository, patience)
  return { ...commitsOf(about), ...filesOf(about), ...refsOf(about), ...releasesOf(about), ...runsOf(about) }
}
