import { deliver, inEachTarget, notedWrites, type Delivery, type TargetDelivery, type TargetsResult, type WantedService } from '@slipway/delivery'
import type { Source } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { compose, type ComposedService } from './compose.ts'
import { manifestFiles } from './manifest-files.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { letIn } from './proven.ts'
import type { RolloutTarget, Settings } from './settings.ts'

/** The run that rolls out. */
export interface Origin {
  readonly workspace: string
  /** Unique among all runs and their attempts. */
  readonly release: string
  readonly source: Source
}

/** What a rollout came to, and by target what was to run there. */
export interface RolloutResult extends TargetsResult {
  readonly wanted: ReadonlyMap<string, readonly WantedService[]>
}

/**
 * Rolls services out: the manifests of every target first, then the proof of their images, then the clusters' own
 * checks, then, target by target and service by service, what differs.
 * @throws Failed with every problem at once, nothing having been written.
 */
export async function run(settings: Settings, origin: Origin, ports: Ports): Promise<RolloutResult> {
  const composed = await inEachTarget(settings.targets, nameOf, async (target, problems) => ({ target, services: await composeAll(target, origin, problems) }))
  const warnings = new Set(composed.flatMap(({ services }) => services.flatMap((one) => one.warnings)))
  for (const warning of warnings) ports.narrator.warn(warning)
  const unproven = await letIn(settings, composed.flatMap(({ services }) => services.map(({ wanted }) => wanted)), ports)
  const opened = new Map<RolloutTarget, OpenTarget>()
  const writes = { some: false }
  const wrote = (): void => {
    writes.some = true
    ports.wrote()
  }
  try {
    const shares = await inEachTarget(composed, ({ target }) => target.name, async ({ target, services }): Promise<TargetDelivery> => {
      const open = await ports.open(target)
      opened.set(target, open)
      return { delivery: deliveryTo(target, services.map(({ wanted }) => withReason(wanted, unproven)), settings, origin, ports), around: { ...ports, ports: notedWrites(open.ports, ports.work, wrote) } }
    })
    const { outcome, targets } = await deliver(shares, settings.waves)
    const wanted = new Map(shares.map(({ delivery }) => [delivery.target.name, delivery.services]))
    // A service may be refused behind a write: a settled record of an earlier run, another name for what runs.
    return { outcome: outcome === 'refused' && writes.some ? 'partial' : outcome, targets, wanted }
  } finally {
    await Promise.all([...opened.values()].map((open) => open.close()))
  }
}

function deliveryTo({ name, namespace, recordNamespace }: RolloutTarget, services: readonly WantedService[], settings: Settings, { release, source }: Origin, { history }: Ports): Delivery {
  return {
    release,
    target: { name, namespace, recordNamespace },
    services,
    source: { ...source, ...(settings.configurationCommit === undefined ? {} : { configurationCommit: settings.configurationCommit }) },
    patience: settings.patience,
    until: settings.until,
    onFailure: settings.onFailure,
    ...(settings.adopt === undefined ? {} : { adopt: settings.adopt }),
    ...(history === undefined ? {} : { history }),
    ...(settings.version === undefined ? {} : { version: settings.version }),
  }
}

/** A service that was proven nowhere says in its record why it was let in. */
function withReason(wanted: WantedService, unproven: ReadonlyMap<string, string>): WantedService {
  const reason = unproven.get(wanted.service)
  return reason === undefined ? wanted : { ...wanted, unproven: reason }
}

async function composeAll(target: RolloutTarget, { workspace, source }: Origin, problems: Problems): Promise<ComposedService[]> {
  const composed = await Promise.all(
    target.services.map(async (service) => {
      const files = await manifestFiles(workspace, service.paths, service.layers, problems)
      return files.length === 0 ? undefined : compose(service, files, target.namespace, source.repository, problems)
    }),
  )
  return composed.filter((one) => one !== undefined)
}

function nameOf({ name }: RolloutTarget): string {
  return name
}
