import { deliver, notedWrites, type Delivery, type DeliveryResult, type WantedService } from '@slipway/delivery'
import type { Source } from '@slipway/release'
import { Problems } from '@slipway/report'
import { compose, type ComposedService } from './compose.ts'
import { manifestFiles } from './manifest-files.ts'
import type { Ports } from './ports.ts'
import type { Settings } from './settings.ts'

/** The run that rolls out. */
export interface Origin {
  readonly workspace: string
  /** Unique among all runs and their attempts. */
  readonly release: string
  readonly source: Source
}

/**
 * Rolls services out: manifests first, then the cluster's own checks, then, one by one, the services that differ.
 * @throws Failed with every problem at once, nothing having been written.
 */
export async function run(settings: Settings, origin: Origin, ports: Ports): Promise<DeliveryResult & { readonly wanted: readonly WantedService[] }> {
  const composed = await composeAll(settings, origin)
  for (const { warnings } of composed) for (const warning of warnings) ports.narrator.warn(warning)
  const wanted = composed.map((one) => one.wanted)
  const { name, namespace, recordNamespace } = settings.target
  const delivery: Delivery = {
    release: origin.release,
    target: { name, namespace, recordNamespace },
    services: wanted,
    source: { ...origin.source, ...(settings.configurationCommit === undefined ? {} : { configurationCommit: settings.configurationCommit }) },
    patience: settings.patience,
    until: settings.until,
    onFailure: settings.onFailure,
    ...(settings.version === undefined ? {} : { version: settings.version }),
  }
  const target = await ports.open()
  const writes = { some: false }
  const wrote = (): void => {
    writes.some = true
    ports.wrote()
  }
  try {
    const { outcome, services } = await deliver(delivery, { ...ports, ports: notedWrites(target.ports, ports.work, wrote) })
    // A service may be refused behind a write: a settled record of an earlier run, another name for what runs.
    return { outcome: outcome === 'refused' && writes.some ? 'partial' : outcome, services, wanted }
  } finally {
    await target.close()
  }
}

async function composeAll(settings: Settings, { workspace, source }: Origin): Promise<ComposedService[]> {
  const problems = new Problems()
  const composed = await Promise.all(
    settings.services.map(async (service) => {
      const files = await manifestFiles(workspace, service.paths, service.layers, problems)
      return files.length === 0 ? undefined : compose(service, files, settings.target.namespace, source.repository, problems)
    }),
  )
  problems.throwIfAny()
  return composed.filter((one) => one !== undefined)
}
