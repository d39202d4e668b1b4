import { runAction, type Ending, type Host } from '@slipway/action-host'
import { commitAhead } from '@slipway/github'
import { declaredInputs, readInputs } from './inputs.ts'

await runAction({
  name: 'tag-release',
  inputs: declaredInputs,
  outputs: ['version', 'previous-version', 'tag', 'sha', 'created', 'release-url', 'run-url', 'notes'],
  story,
})

async function story(host: Host): Promise<Ending> {
  const { environment, work: signal, run: { repository, sha, workspace } } = host
  const startedMs = host.clock.monotonic()
  const settings = await readInputs({ raw: host.inputs, workspace })
  host.mask(settings.token.text, [repository])
  // The rest of the program, GitHub's client above all, is loaded while GitHub answers.
  const ahead = await commitAhead({ repository, token: settings.token.text, environment, sha: settings.ref ?? sha, signal })
  const { tagRelease } = await import('./action.ts')
  return tagRelease(host, settings, startedMs, ahead)
}
