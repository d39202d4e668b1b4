import { randomUUID } from 'node:crypto'
import { openTargetPorts } from '@slipway/access'
import { runAction, type Ending, type Host } from '@slipway/action-host'
import type { Narrator } from '@slipway/delivery'
import { declaredInputs, readInputs } from './inputs.ts'
import { listingText } from './listing-table.ts'
import { outcomeOf } from './outcome.ts'
import { outputsOf } from './outputs.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { run } from './run.ts'
import type { Settings } from './settings.ts'
import { summaryOf } from './summary.ts'
import type { Told } from './told.ts'

await runAction({
  name: 'rollback',
  inputs: declaredInputs,
  outputs: ['from', 'to', 'releases', 'seconds', 'failure-code', 'failure-reason'],
  green: ['rolled-back'],
  story,
})

async function story(host: Host): Promise<Ending> {
  const { clock, work, run: context } = host
  const startedMs = clock.monotonic()
  const settings = await readInputs({ raw: host.inputs, environment: host.environment, workspace: context.workspace })
  const timeline: { atMs: number; text: string }[] = []
  const source = { repository: context.repository, commit: context.sha, ref: context.ref, run: context.runUrl, actor: context.actor }
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
  const origin = { release: `${context.repository}#${context.runId}.${context.runAttempt}`, source }
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
  if (result.kind === 'listed') host.log.info(listingText(result.services))
  const told: Told = { result, settings, milliseconds: clock.monotonic() - startedMs, timeline }
  const failures = result.kind === 'undone' ? result.undone.services.flatMap(({ failure }) => failure ?? []) : []
  return { outcome: outcomeOf(result), outputs: outputsOf(told), summary: summaryOf(told), failures }
}

async function open(host: Host, { target, registry }: Settings, narrator: Narrator): Promise<OpenTarget> {
  const { clock, work, run: context } = host
  // A registry that does not answer is given up, and must not keep the step from its end.
  const ended = new AbortController()
  const opened = await openTargetPorts(
    target,
    {
      sessionName: `slipway-${context.runId}`,
      idToken: (audience) => host.idToken(audience),
      environment: host.environment,
      clock,
      signal: AbortSignal.any([work, ended.signal]),
      onWait: (text) => {
        narrator.say(text)
      },
    },
    {
      namespace: target.namespace,
      recordNamespace: target.recordNamespace,
      // Two jobs of one run share all but this.
      holder: { identity: `${context.runUrl}/${context.runAttempt}/${randomUUID()}`, url: context.runUrl },
      // Locks are taken without asking; only who takes them back all the time could keep us from one.
      lockPatienceMs: 60_000,
      registryOf: () => registry,
    },
  )
  return {
    ports: opened.ports,
    async close() {
      ended.abort()
      await opened.close()
    },
  }
}
