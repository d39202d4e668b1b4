import { readFileSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { runAction, type Ending, type Host } from '@slipway/action-host'
import { Problems } from '@slipway/report'
import { buildSecretValues } from './build-secrets.ts'
import { declaredInputs, readSettings } from './inputs.ts'
import { openPorts, removePrivateFolder } from './open-ports.ts'
import { originOf } from './origin.ts'
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
  const runner = { serverUrl: environment['GITHUB_SERVER_URL'] ?? '', baseRef: environment['GITHUB_BASE_REF'] ?? '', event: textAt(environment['GITHUB_EVENT_PATH'] ?? ''), architecture: process.arch }
  const origin = originOf(host.run, runner)
  const settings = readSettings(host.inputs, origin, (path) => textInside(origin.workspace, path), problems)
  for (const { secrets, service } of settings?.images ?? []) {
    for (const value of buildSecretValues(secrets, service, { workspace: origin.workspace, environment }, problems)) host.mask(value)
  }
  if (!settings) {
    problems.throwIfAny()
    throw new Error('settings that cannot be worked out are a problem')
  }
  const ports = openPorts(host, settings)
  try {
    const result = await run(settings, origin, ports, problems)
    return { outcome: result.outcome, outputs: outputsOf(result), summary: summaryOf(result), failures: result.failures }
  } finally {
    await ports.close()
  }
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
