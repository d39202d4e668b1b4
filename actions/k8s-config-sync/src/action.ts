import { governedProject, openTarget, policySource, releaseHistory } from '@slipway/access'
import { runAction, runIdentity, type Ending, type Host, type TokenAhead } from '@slipway/action-host'
import { declaredInputs, readInputs } from './inputs.ts'
import { namesOf } from './names.ts'
import type { Ports } from './ports.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import { outputsOf, summaryOf } from './summary.ts'

/** Runs the action, with the token that was asked for ahead of it. */
export function start(ahead: TokenAhead | undefined): Promise<void> {
  return runAction({ name: 'k8s-config-sync', inputs: declaredInputs, outputs: ['config', 'changed'], story }, ahead)
}

async function story(host: Host): Promise<Ending> {
  const { workspace, ref, refName } = host.run
  const { sessionName, holder } = runIdentity(host.run)
  const settings = await readInputs({ raw: host.inputs, environment: host.environment, project: (file) => governedProject(file, policySource(host)), workspace, ref, refName })
  // Now, and not when the run was started: an approval may have taken days.
  if (settings.tag !== undefined) await releaseHistory(policySource(host), host.run.sha).confirm(settings.tag)
  const names = namesOf(settings, host.inputs.values['environment'] ?? '')
  const opened: { close(): Promise<void> }[] = []
  const ports: Ports = {
    async open(target) {
      const access = await openTarget(target, {
        sessionName,
        idToken: (audience, meanwhile) => host.idToken(audience, meanwhile),
        environment: host.environment,
        clock: host.clock,
        signal: host.work,
        onWait: (text) => {
          host.log.info(text)
        },
      })
      opened.push(access)
      return access
    },
    mask: (value) => {
      host.mask(value, names)
    },
    wrote: () => {
      host.wrote()
    },
    holder,
    clock: host.clock,
    work: host.work,
    log: host.log,
  }
  try {
    const result = await run(settings, workspace, ports)
    return { outcome: result.outcome, outputs: outputsOf(result), result: resultOf(result), summary: summaryOf(result), failures: result.failures }
  } finally {
    await Promise.all(opened.map((access) => access.close()))
  }
}
