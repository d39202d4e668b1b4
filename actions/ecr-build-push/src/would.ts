import type { Region } from '@slipway/release'
import { list } from '@slipway/report'
import { stands } from './copies.ts'
import { planTags } from './decide.ts'
import { handedOver } from './hand-over.ts'
import type { LookUp } from './look-up.ts'
import type { Ports } from './ports.ts'
import type { CopyDeed, RunResult, ServiceResult } from './result.ts'
import type { Settings } from './settings.ts'

/** Says what would be done, and does nothing. */
export function wouldDo(look: LookUp, settings: Settings, ports: Ports): RunResult {
  const all = new Map(settings.regions.map((region): [Region, CopyDeed] => [region, 'would-copy']))
  const services = look.decisions.map((decision): ServiceResult => {
    const { image } = decision
    const { service, repository } = image.wanted
    if (decision.kind === 'build') {
      ports.log.info(`${service}: would be built: ${decision.reason}${copied(settings.regions)}`)
      return { service, did: 'would-build', reason: decision.reason, ...(all.size > 0 ? { copies: all } : {}) }
    }
    const { stored } = decision
    const plan = planTags(image.tags, look.found.get(repository) ?? [], stored.digest, false)
    const atHome = image.tags.filter((wanted) => plan.put.includes(wanted) || plan.standing.includes(wanted.tag))
    const elsewhere = [...look.others].map(([region, there]) => ({ region, isThere: stands({ image, stored }, there), put: planTags(atHome, there.found.get(repository) ?? [], stored.digest, true).put }))
    const tags = [...new Set([plan, ...elsewhere].flatMap(({ put }) => put.map(({ tag }) => tag)))]
    const missing = elsewhere.flatMap(({ region, isThere }) => (isThere ? [] : region))
    const reason = `found by ${image.contentTag}`
    ports.log.info(`${service}: ${stored.digest} is reused${tags.length > 0 ? `, and would be given ${list(tags)}` : ''}${copied(missing)}`)
    return {
      service,
      did: tags.length > 0 ? 'would-tag' : 'reused',
      reason,
      image: handedOver(image, stored, plan.standing, [settings.region, ...settings.regions.filter((region) => !missing.includes(region))], true, reason),
      ...(all.size > 0 ? { copies: new Map(elsewhere.map(({ region, isThere }) => [region, isThere ? 'standing' : 'would-copy'])) } : {}),
    }
  })
  const isDone = services.every(({ did, copies }) => did === 'reused' && [...(copies ?? [])].every(([, deed]) => deed === 'standing'))
  return { outcome: isDone ? 'unchanged' : 'planned', services, failures: [] }
}

/** Says which repositories would be created. */
export function wouldCreate(look: LookUp, settings: Settings, ports: Ports): void {
  for (const [region, { missing }] of [[settings.region, look] as const, ...look.others]) for (const repository of missing) ports.log.info(`the repository ${repository} would be created in ${region}`)
}

function copied(regions: readonly Region[]): string {
  return regions.length > 0 ? `; it would be copied to ${list(regions)}` : ''
}
