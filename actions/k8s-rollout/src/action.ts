import { governedProject, openProofPlaces, openTargetPorts, policySource, releaseHistory, type TargetEdges } from '@slipway/access'
import { narration, runAction, runIdentity, type Ending, type Host, type RunIdentity, type TokenAhead } from '@slipway/action-host'
import { findProof, type Narrator } from '@slipway/delivery'
import { declaredInputs, readInputs } from './inputs.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import type { PulledImage, RolloutTarget } from './settings.ts'
import { outputsOf, summaryOf, type Told } from './summary.ts'

/** Runs the action, with the token that was asked for ahead of it. */
export function start(ahead: TokenAhead | undefined): Promise<void> {
  return runAction({
    name: 'k8s-rollout',
    inputs: declaredInputs,
    outputs: ['releases', 'seconds', 'failure-code', 'failure-reason'],
    story,
  }, ahead)
}

async function story(host: Host): Promise<Ending> {
  const { clock, work, run: context } = host
  const { narrator, timeline, elapsedMs } = narration(host.log, clock)
  const settings = await readInputs({ raw: host.inputs, environment: host.environment, project: (file) => governedProject(file, policySource(host)), ...context })
  const history = releaseHistory(policySource(host), context.sha)
  // Now, and not when the run was started: an approval may have taken days.
  if (settings.tag !== undefined) await history.confirm(settings.tag)
  const identity = runIdentity(context)
  const ports: Ports = {
    open: (target) => open(host, target, settings.lockPatienceMs, identity, narrator),
    async findProof(wishes, required) {
      const open = await openProofPlaces(required, edges(host, identity, narrator))
      try {
        return await findProof(wishes, { environment: required.name, repository: context.repository }, open.places)
      } finally {
        await open.close()
      }
    },
    ...(settings.refusesDowngrade === true ? { history } : {}),
    wrote: () => {
      host.wrote()
    },
    clock,
    work,
    narrator,
  }
  const result = await run(settings, { ...identity, workspace: context.workspace }, ports)
  const told: Told = { result, settings, milliseconds: elapsedMs(), nowMs: clock.now(), timeline }
  return { outcome: result.outcome, outputs: outputsOf(told), result: resultOf(result, settings.version), summary: summaryOf(told), failures: result.targets.flatMap(({ services }) => services.flatMap(({ failure }) => failure ?? [])) }
}

async function open(host: Host, target: RolloutTarget, lockPatienceMs: number, identity: RunIdentity, narrator: Narrator): Promise<OpenTarget> {
  const images = new Map<string, PulledImage>(target.services.flatMap(({ image }) => (image === undefined ? [] : [[image.repository, image]])))
  return openTargetPorts(
    target,
    edges(host, identity, narrator),
    {
      namespace: target.namespace,
      recordNamespace: target.recordNamespace,
      holder: identity.holder,
      lockPatienceMs,
      registriesOf: (repository) => [images.get(repository) ?? target],
    },
  )
}

function edges(host: Host, { sessionName }: RunIdentity, narrator: Narrator): TargetEdges {
  const { clock, work } = host
  return {
    sessionName,
    idToken: (audience, meanwhile) => host.idToken(audience, meanwhile),
    environment: host.environment,
    clock,
    signal: work,
    onWait: (text) => {
      narrator.say(text)
    },
  }
}
