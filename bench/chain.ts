import type { Exchange } from '@slipway/sandbox'
import { Machine, type StepEnd } from '../test/bundles/machine.ts'
import { checkOut, type Shop } from './shop.ts'
import type { World } from './world.ts'

/** The three actions that make a deploy, in their order. */
export const deployActions = ['ecr-build-push', 'k8s-config-sync', 'k8s-rollout'] as const

/** What one step came to, as seen from outside. */
export interface Measured {
  readonly action: string
  readonly outcome: string
  /** From the start of the process to its end. */
  readonly milliseconds: number
  readonly exchanges: readonly Exchange[]
}

/** A job's machines with the shop checked out, one an action. */
export interface Chain {
  /** Runs the three actions one after the other, handing images and configuration over. */
  deploy(version: string, more?: Readonly<Record<string, string>>): Promise<readonly Measured[]>
  rollback(of: string): Promise<Measured>
  /** Does something to every checkout. */
  everywhere(work: (machine: Machine) => void): void
  close(): void
}

/** A runner's machine is new: nothing was compiled on it before. */
const newMachine = { NODE_DISABLE_COMPILE_CACHE: '1' }

export function startChain(world: World, shop: Shop): Chain {
  const machines = new Map([...deployActions, 'rollback'].map((action) => [action, new Machine(action, world.environment)]))
  for (const machine of machines.values()) checkOut(machine, shop, world.sandbox.images)
  const shared = { environment: 'staging' }
  let run = 0
  const step = async (action: string, inputs: Readonly<Record<string, string>>, more: Readonly<Record<string, string>>): Promise<{ end: StepEnd; measured: Measured }> => {
    const machine = machines.get(action)
    if (!machine) throw new Error(`no machine for ${action}`)
    const since = world.sandbox.ledger.exchanges.length
    const startedMs = performance.now()
    const end = await machine.step({ ...shared, ...inputs }, { ...newMachine, GITHUB_RUN_ID: String(run), GITHUB_SHA: String(run).padStart(40, '0'), ...more })
    const milliseconds = performance.now() - startedMs
    if (end.exitCode !== 0) throw new Error(`${action} failed: ${end.printed}`)
    return { end, measured: { action, outcome: end.outputs['outcome'] ?? '', milliseconds, exchanges: world.sandbox.ledger.exchanges.slice(since) } }
  }
  return {
    async deploy(version, more = {}) {
      run += 1
      const build = await step('ecr-build-push', { services: 'all' }, more)
      const sync = await step('k8s-config-sync', { services: 'all' }, more)
      const { images = '' } = build.end.outputs
      const { config = '' } = sync.end.outputs
      const rollout = await step('k8s-rollout', { services: 'all', images, config, version }, more)
      return [build.measured, sync.measured, rollout.measured]
    },
    async rollback(of) {
      run += 1
      return (await step('rollback', { of, reason: 'prices are wrong' }, {})).measured
    },
    everywhere(work) {
      for (const machine of machines.values()) work(machine)
    },
    close() {
      for (const machine of machines.values()) machine.close()
    },
  }
}
