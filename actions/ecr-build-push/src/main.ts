import { readFileSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { runAction, type Ending, type Host } from '@slipway/action-host'
import { Problems } from '@slipway/report'
import { buildSecretValues } from './build-secrets.ts'
import { declaredInputs, readSettings } from './inputs.ts'
import { openPorts, removePrivateFolder } from './open-ports.ts'
import { originOf } from './origin.ts'
import { resultOf } from './result-schema.ts'
import { run } from './run.ts'
import { outputsOf, summaryOf } from './summary.ts'

await runAction({
  name: 'ecr-build-push',
  inputs: declaredInputs,
  outputs: ['images', 'image', 'digest', 'reused', 'cache-hit-ratio'],
  story,
  post: removePrivateFolder,
})

async function story(host: Host): Promise<Ending> {
  const { environment } = host
  const problems = new Problems()
  const runner = { serverUrl: environment['GITHUB_SERVER_URL'] ?? '', baseRef: environment['GITHUB_BASE_REF'] ?? '', event: textAt(environment['GITHUB_EVENT_PATH'] ?? ''), architecture: process.arch, umask: umaskOfProcess() }
  const origin = originOf(host.run, runner)
  const settings = readSettings(host.inputs, origin, (path) => textInside(origin.workspace, path), problems)
  const buildSecrets = (settings?.images ?? []).flatMap(({ secrets, service }) => buildSecretValues(secrets, service, { workspace: origin.workspace, environment }, problems))
  const names = [settings?.environment, settings?.region, ...(settings?.images ?? []).flatMap(({ service, repository }) => [service, repository])].filter((name) => name !== undefined)
  for (const value of buildSecrets) host.mask(value, names)
  if (!settings) {
    problems.throwIfAny()
    throw new Error('settings that cannot be worked out are a problem')
  }
  const ports = openPorts(host, settings, buildSecrets)
  try {
    const result = await run(settings, origin, ports, problems)
    return { outcome: result.outcome, outputs: outputsOf(result), result: resultOf(result), summary: summaryOf(result), failures: result.failures }
  } finally {
    await ports.close()
  }
}

/** It can only be read by setting it, which nothing may do beside this. */
function umaskOfProcess(): number {
  const umask = process.umask(0o022)
  process.umask(umask)
  return umask
}

/** A file of the workspace; one that a link leads out of it counts as absent. */
function textInside(workspace: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(workspace, path))
    return real.startsWith(realpathSync(workspace) + sep) ? readFileSync(real, 'utf8') : undefined
  } catch {
    return undefined
  }
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
