import { changedContent, type Block } from '@slipway/release'
import type { Surroundings } from './delivery.ts'
import type { Undo, UndoPlan } from './undo-plan.ts'

/** Bars what a bad release brought, in every service that it changed, moved or not. What is barred already stays as it is. */
export async function bar(plan: UndoPlan, { source, reason, release }: Undo, { ports, clock, narrator }: Surroundings): Promise<void> {
  for (const { service, content, good } of plan.barred) {
    const block: Block = {
      release: plan.release,
      fingerprint: content.fingerprint,
      ...changedContent(content, good),
      reason,
      actor: source.actor,
      run: source.run === '' ? release : source.run,
      at: new Date(clock.now()).toISOString(),
    }
    const isThere = (one: Block): boolean => one.release === block.release && one.fingerprint === block.fingerprint
    await ports.records.changeBlocks(service, (blocks) => (blocks.some(isThere) ? blocks : [...blocks, block]))
    narrator.say(`[${service}] blocked: what ${plan.release} brought cannot come back by accident`)
  }
}
