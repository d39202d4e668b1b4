import { governedProject, policySource, releaseHistory } from '@slipway/access'
import { runAction, type Ending, type Host, type TokenAhead } from '@slipway/action-host'
import type { Project } from '@slipway/project'
import { Problems } from '@slipway/report'
import { buildSecretValues } from './build-secrets.ts'
import { declaredInputs, projectFileOf, readSettings } from './inputs.ts'
import { openPorts, removePrivateFolder } from './open-ports.ts'
import { originOf } from './origin.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import { mayBuild } from './settings.ts'
import { outputsOf, summaryOf } from './summary.ts'

/** Runs the action, with the token that was asked for ahead of it. */
export function start(ahead: TokenAhead | undefined): Promise<void> {
  return runAction({
    name: 'ecr-build-push',
    inputs: declaredInputs,
    outputs: ['images', 'image', 'digest', 'reused', 'configuration-commit', 'cache-hit-ratio'],
    story,
    post: removePrivateFolder,
  }, ahead)
}

async function story(host: Host): Promise<Ending> {
  const { environment } = host
  const problems = new Problems()
  const runner = { serverUrl: environment['GITHUB_SERVER_URL'] ?? '', baseRef: environment['GITHUB_BASE_REF'] ?? '', architecture: process.arch, umask: umaskOfProcess() }
  const origin = originOf(host.run, runner)
  const settings = readSettings(host.inputs, origin, await readProject(host, problems), problems)
  const built = settings !== undefined && !mayBuild(settings) ? [] : (settings?.images ?? [])
  const buildSecrets = built.flatMap(({ secrets, service }) => buildSecretValues(secrets, service, { workspace: origin.workspace, environment }, problems))
  const names = [settings?.environment, settings?.region, ...(settings?.images ?? []).flatMap(({ service, repository }) => [service, repository])].filter((name) => name !== undefined)
  for (const value of buildSecrets) host.mask(value, names)
  if (!settings) {
    problems.throwIfAny()
    throw new Error('settings that cannot be worked out are a problem')
  }
  // Now, and not when the run was started: an approval may have taken days.
  if (settings.tag !== undefined && problems.all.length === 0) await releaseHistory(policySource(host), host.run.sha).confirm(settings.tag)
  const ports = openPorts(host, settings, buildSecrets)
  try {
    const result = await run(settings, origin, ports, problems)
    return { outcome: result.outcome, outputs: outputsOf(result), result: resultOf(result), summary: summaryOf(result), failures: result.failures }
  } finally {
    await ports.close()
  }
}

function readProject(host: Host, problems: Problems): Promise<Project | undefined> {
  const file = projectFileOf(host.inputs)
  if (file === undefined) return Promise.resolve(undefined)
  return problems.tryAsync(() => governedProject(file, { ...policySource(host), withoutFile: 'give the inputs "repository" and "region"' }))
}

/** It can only be read by setting it, which nothing may do beside this. */
function umaskOfProcess(): number {
  const umask = process.umask(0o022)
  process.umask(umask)
  return umask
}
