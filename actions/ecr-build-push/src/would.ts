import { list } from '@slipway/report'
import { planTags } from './decide.ts'
import { handedOver } from './hand-over.ts'
import type { LookUp } from './look-up.ts'
import type { Ports } from './ports.ts'
import type { RunResult, ServiceResult } from './result.ts'
import type { Settings } from './settings.ts'

/** Says what would be done, and does nothing. */
export function wouldDo(look: LookUp, settings: Settings, ports: Ports): RunResult {
  for (const repository of look.missing) ports.log.info(`the repository ${repository} would be created`)
  const services = look.decisions.map((decision): ServiceResult => {
    const { image } = decision
    const { service, repository } = image.wanted
    if (decision.kind === 'build') {
      ports.log.info(`${service}: would be built: ${decision.reason}`)
      return { service, did: 'would-build', reason: decision.reason }
    }
    const plan = planTags(image.tags, look.found.get(repository) ?? [], decision.stored.digest, false)
    const tags = plan.put.map(({ tag }) => tag)
    const reason = `found by ${image.contentTag}`
    ports.log.info(`${service}: ${decision.stored.digest} is reused${tags.length > 0 ? `, and would be given ${list(tags)}` : ''}`)
    return { service, did: tags.length > 0 ? 'would-tag' : 'reused', reason, image: handedOver(image, decision.stored, plan.standing, settings, true, reason) }
  })
  return { outcome: services.every(({ did }) => did === 'reused') ? 'unchanged' : 'planned', services, failures: [] }
}
