import { governedProject, openProofPlaces, policySource } from '@slipway/access'
import { checkedOutAt, runAction, runIdentity, type Ending, type Host } from '@slipway/action-host'
import { findProof } from '@slipway/delivery'
import { openGitHub } from '@slipway/github'
import { declaredInputs, readInputs } from './inputs.ts'
import { outcomeOf } from './outcome.ts'
import { outputsOf } from './outputs.ts'
import type { Ports } from './ports.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import type { Settings } from './settings.ts'
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
  const result = await run(settings, { repository, commit: sha, url: runUrl }, { proof: proofPorts(host, settings), github, clock, work, say, wrote: () => { host.wrote() } })
  const milliseconds = clock.monotonic() - startedMs
  return { outcome: outcomeOf(result, settings), outputs: outputsOf(result), result: resultOf(result), summary: summaryOf({ result, settings, repository, milliseconds }), failures: result.failures }
}

function proofPorts(host: Host, { requires, token }: Settings): Ports['proof'] {
  const { workspace, repository } = host.run
  const source = { ...policySource(host), token: token.text }
  return {
    checkout: { workspace, platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`, umask: umaskOfProcess() },
    checkedOut: async () => (await checkedOutAt(workspace, workspace))?.commit,
    project: () => governedProject(requires?.projectFile ?? '', source),
    async findProof(wishes, required) {
      const { environment, clock, work } = host
      const open = await openProofPlaces(required, { sessionName: runIdentity(host.run).sessionName, idToken: (audience, meanwhile) => host.idToken(audience, meanwhile), environment, clock, signal: work, onWait: source.onWait })
      try {
        return await findProof(wishes, { environment: required.name, repository }, open.places)
      } finally {
        await open.close()
      }
    },
  }
}

/** It can only be read by setting it, which nothing may do beside this. */
function umaskOfProcess(): number {
  const umask = process.umask(0o022)
  process.umask(umask)
  return umask
}
