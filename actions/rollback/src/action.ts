import { governedProject, loadEcr, openTargetPorts, policySource } from '@slipway/access'
import { narration, runAction, runIdentity, type Ending, type Host, type RunIdentity, type TokenAhead } from '@slipway/action-host'
import type { Narrator } from '@slipway/delivery'
import type { Project } from '@slipway/project'
import { declaredInputs, readInputs } from './inputs.ts'
import { listingText } from './listing-table.ts'
import { failuresOf } from './failures.ts'
import { outcomeOf } from './outcome.ts'
import { outputsOf } from './outputs.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import type { TargetSettings } from './settings.ts'
import { summaryOf } from './summary.ts'
import type { Told } from './told.ts'

/** Runs the action, with the token that was asked for ahead of it. */
export function start(ahead: TokenAhead | undefined): Promise<void> {
  return runAction({
    name: 'rollback',
    inputs: declaredInputs,
    outputs: ['from', 'to', 'releases', 'seconds', 'failure-code', 'failure-reason'],
    green: ['rolled-back'],
    story,
  }, ahead)
}

async function story(host: Host): Promise<Ending> {
  const { clock, work, run: context } = host
  const { narrator, timeline, elapsedMs } = narration(host.log, clock)
  const settings = await readInputs({ raw: host.inputs, environment: host.environment, project: (file) => project(file, host) })
  const identity = runIdentity(context)
  const ports: Ports = {
    open: (target) => open(host, target, identity, narrator),
    wrote: () => {
      host.wrote()
    },
    clock,
    work,
    narrator,
  }
  const result = await run(settings, identity, ports)
  if (result.kind === 'listed') host.log.info(listingText(result.listed))
  const told: Told = { result, settings, milliseconds: elapsedMs(), timeline }
  return { outcome: outcomeOf(result), outputs: outputsOf(told), result: resultOf(result), summary: summaryOf(told), failures: failuresOf(result) }
}

/** GitHub may be down on the day of a rollback: the checkout, which is the default branch, says where everything is. */
function project(file: string, host: Host): Promise<Project> {
  return governedProject(file, {
    ...policySource(host),
    isDefaultCheckedOut: true,
    budgetMs: 10_000,
    withoutGitHub: 'to roll back without GitHub, write a path inside the workspace after `extends:`, or give the inputs "cluster", "namespace" and "region" instead of a project file',
  })
}

async function open(host: Host, { target, registries }: TargetSettings, { sessionName, holder }: RunIdentity, narrator: Narrator): Promise<OpenTarget> {
  const { clock, work } = host
  // A registry that does not answer is given up, and must not keep the step from its end.
  const ended = new AbortController()
  const opened = await openTargetPorts(
    target,
    {
      sessionName,
      idToken: (audience, meanwhile) =>
        host.idToken(audience, () => {
          meanwhile()
          // What comes back is looked for in the registry, each time.
          loadEcr()
        }),
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
      holder,
      // Locks are taken without asking; only who takes them back all the time could keep us from one.
      lockPatienceMs: 60_000,
      registriesOf: () => registries,
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
