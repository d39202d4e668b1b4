import { deliver, undo, type Delivery, type TargetsResult, type Undo, type UndoResult, type WantedService } from '@slipway/delivery'
import { makeRegions } from './regions.ts'
import { seenIn } from './seen.ts'
import { service, undoing, type Around, type Told, type World } from './world.ts'

/** Several regions in which one service, cart, is released and rolled back. */
export interface CartEverywhere {
  readonly at: (region: string) => World
  /** The image of a letter, to these regions in waves; to all one after the other unless told otherwise. */
  release(run: string, image: string, more?: Shipping): Promise<TargetsResult & Told>
  /** In these regions; in all unless told otherwise. */
  rollback(run: string, more?: Partial<Undo> & { readonly only?: readonly string[] }, around?: (region: string) => Around): Promise<UndoResult & Told>
  /** The letter of the image that each region runs. */
  live(): Promise<string[]>
  /** Everything that is written anywhere meanwhile. */
  writes(body: () => Promise<unknown>): Promise<string[]>
  close(): Promise<void>
}

interface Shipping {
  readonly version?: string
  readonly patience?: Delivery['patience']
  readonly waves?: readonly (readonly string[])[]
  readonly of?: (region: string) => readonly WantedService[]
  readonly around?: (region: string) => Around
}

export async function makeCartEverywhere(...names: readonly string[]): Promise<CartEverywhere> {
  const regions = await makeRegions(...names)
  const at = (region: string): World => regions.at(region)
  return {
    at,
    async release(run, image, { waves = names.map((name) => [name]), of = () => [service('cart', image)], around = () => ({}), ...more } = {}) {
      const told: string[] = []
      const shares = names.filter((name) => waves.flat().includes(name)).map((name) => at(name).share(run, of(name), told, more, around(name)))
      return { ...(await deliver(shares, waves)), told }
    },
    async rollback(run, { only = names, ...more } = {}, around = () => ({})) {
      const told: string[] = []
      return { ...(await undo(undoing(run, more), only.map((name) => at(name).way(run, told, around(name))))), told }
    },
    live: () => Promise.all(names.map(async (name) => (await seenIn(at(name)).live()) ?? 'none')),
    async writes(body) {
      const before = names.map((name) => at(name).ledger.exchanges.length)
      await body()
      return names.flatMap((name, index) => at(name).writes(before[index]))
    },
    close: () => regions.close(),
  }
}
