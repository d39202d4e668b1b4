import { randomUUID } from 'node:crypto'
import { openTargetPorts } from '@slipway/access'
import { runAction, type Ending, type Host } from '@slipway/action-host'
import type { Narrator } from '@slipway/delivery'
import { declaredInputs, readInputs } from './inputs.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { run } from './run.ts'
import type { PulledImage, Settings } from './settings.ts'
import { outputsOf, summaryOf, type Told } from './summary.ts'

await runAction({
  name: 'k8s-rollout',
  inputs: declaredInputs,
  outputs: ['releases', 'seconds', 'failure-code', 'failure-reason'],
  story,
})

async function story(host: Host): Promise<Ending> {
  const { clock, work, run: context } = host
  const startedMs = clock.monotonic()
  const settings = await readInputs({ raw: host.inputs, environment: host.environment, ...context })
  const timeline: { atMs: number; text: string }[] = []
  const source = { repository: context.repository, commit: context.sha, ref: context.ref, run: context.runUrl, actor: context.actor }
  const origin = { workspace: context.workspace, release: `${context.repository}#${context.runId}.${context.runAttempt}`, source }
  const narrator: Narrator = {
    say(text) {
      timeline.push({ atMs: clock.monotonic() - startedMs, text })
      host.log.info(text)
    },
    warn(text) {
      timeline.push({ atMs: clock.monotonic() - startedMs, text })
      host.log.warning(text)
    },
  }
  const ports: Ports = {
    open: () => open(host, settings, narrator),
    wrote: () => {
      host.wrote()
    },
    clock,
    work,
    narrator,
  }
  const result = await run(settings, origin, ports)
  const told: Told = { result, settings, milliseconds: clock.monotonic() - startedMs, nowMs: clock.now(), timeline }
  return { outcome: result.outcome, outputs: outputsOf(told), summary: summaryOf(told), failures: result.services.flatMap(({ failure }) => failure ?? []) }
}

async function open(host: Host, { target, services, lockPatienceMs }: Settings, narrator: Narrator): Promise<OpenTarget> {
  const { clock, work, run: context } = host
  const images = new Map<string, PulledImage>(services.flatMap(({ image }) => (image === undefined ? [] : [[image.repository, image]])))
  return openTargetPorts(
    target,
    {
      sessionName: `slipway-${context.runId}`,
      idToken: (audience) => host.idToken(audience),
      environment: host.environment,
      clock,
      signal: work,
      onWait: (text) => {
        narrator.say(text)
      },
    },
    {
      namespace: target.namespace,
      recordNamespace: target.recordNamespace,
      // Two jobs of one run share all but this.
      holder: { identity: `${context.runUrl}/${context.runAttempt}/${randomUUID()}`, url: context.runUrl },
      lockPatienceMs,
      registryOf: (repository) => images.get(repository) ?? target,
    },
  )
}
