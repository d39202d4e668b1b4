import { runAction, type Ending, type Host } from '@slipway/action-host'
import { openGitHub } from '@slipway/github'
import { declaredInputs, readInputs } from './inputs.ts'
import { outcomeOf } from './outcome.ts'
import { outputsOf } from './outputs.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import { summaryOf } from './summary.ts'

await runAction({
  name: 'tag-release',
  inputs: declaredInputs,
  outputs: ['version', 'previous-version', 'tag', 'sha', 'created', 'release-url', 'run-url', 'notes'],
  story,
})

async function story(host: Host): Promise<Ending> {
  const { clock, work, run: context, log } = host
  const startedMs = clock.monotonic()
  const settings = await readInputs({ raw: host.inputs, workspace: context.workspace })
  const say = (text: string): void => {
    log.info(text)
  }
  const { repository, sha, runUrl } = context
  host.mask(settings.token.text, [repository])
  const github = await openGitHub({ repository, token: settings.token.text, environment: host.environment, clock, signal: work, onWait: say })
  const result = await run(settings, { repository, commit: sha, url: runUrl }, { proof: async () => (await import('./proof-ports.ts')).proofPorts(host, settings), github, clock, work, say, wrote: () => { host.wrote() } })
  const milliseconds = clock.monotonic() - startedMs
  return { outcome: outcomeOf(result, settings), outputs: outputsOf(result), result: resultOf(result), summary: summaryOf({ result, settings, repository, milliseconds }), failures: result.failures }
}
