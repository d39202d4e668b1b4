import type { ServiceResult, TargetResult } from '@slipway/delivery'
import { list } from '@slipway/report'

/** What became of what, and where: `healthy in eu`, `rolled back in us/cart`. What stayed as it was says nothing beside what changed. */
export function whatWhere(targets: readonly TargetResult[]): string[] {
  const places = new Map<ServiceResult['status'], string[]>()
  for (const { target, services } of targets) {
    const telling = services.some(({ status }) => status !== 'unchanged') ? services.filter(({ status }) => status !== 'unchanged') : services
    const isAll = new Set(telling.map(({ status }) => status)).size === 1
    for (const { service, status } of isAll ? telling.slice(0, 1) : telling) places.set(status, [...(places.get(status) ?? []), isAll ? target : `${target}/${service}`])
  }
  return [...places].map(([status, names]) => `${words[status]} in ${list(names, 'and')}`)
}

const words = {
  healthy: 'healthy',
  unchanged: 'unchanged',
  planned: 'planned',
  'rolled-back': 'rolled back',
  failed: 'failed',
  refused: 'refused',
  superseded: 'superseded',
  cancelled: 'cancelled',
  'not-started': 'not started',
} as const satisfies Record<ServiceResult['status'], string>
