import type { Ending, Host } from '@slipway/action-host'
import { openGitHub, type AnswerAhead } from '@slipway/github'
import { outcomeOf } from './outcome.ts'
import { outputsOf } from './outputs.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import type { Settings } from './settings.ts'
import { summaryOf } from './summary.ts'

/** The story once its inputs are right, with what GitHub was asked for ahead of it. */
export async function tagRelease(host: Host, settings: Settings, startedMs: number, ahead: AnswerAhead | undefined): Promise<Ending> {
  const { clock, work, environment, log } = host
  const { repository, sha, runUrl } = host.run
  const say = (text: string): void => {
    log.info(text)
  }
  const github = await openGitHub({ repository, token: settings.token.text, environment, clock, signal: work, onWait: say, ...(ahead === undefined ? {} : { ahead }) })
  const result = await run(settings, { repository, commit: sha, url: runUrl }, { proof: async () => (await import('./proof-ports.ts')).proofPorts(host, settings), github, clock, work, say, wrote: () => { host.wrote() } })
  const milliseconds = clock.monotonic() - startedMs
  return { outcome: outcomeOf(result, settings), outputs: outputsOf(result), result: resultOf(result), summary: summaryOf({ result, settings, repository, milliseconds }), failures: result.failures }
}
