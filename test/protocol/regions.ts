import { deliver, type Delivery, type TargetsResult, type WantedService } from '@slipway/delivery'
import { makeWorld, type Around, type Told, type World } from './world.ts'

/** Clusters in several regions, and runs that deliver to all of them. */
export interface Regions {
  at(region: string): World
  /** What goes where, one region after the other unless `waves` says otherwise. */
  release(run: string, of: (region: string) => readonly WantedService[], more?: Partial<Delivery> & { readonly waves?: readonly (readonly string[])[] }, around?: (region: string) => Around): Promise<TargetsResult & Told>
  close(): Promise<void>
}

export async function makeRegions(...names: readonly string[]): Promise<Regions> {
  const worlds = new Map(await Promise.all(names.map(async (name) => [name, await makeWorld(name)] as const)))
  return {
    at(region) {
      const world = worlds.get(region)
      if (world === undefined) throw new Error(`there is no region ${region}`)
      return world
    },
    async release(run, of, { waves = names.map((name) => [name]), ...more } = {}, around = () => ({})) {
      const told: string[] = []
      const shares = [...worlds].map(([name, world]) => world.share(run, of(name), told, more, around(name)))
      return { ...(await deliver(shares, waves)), told }
    },
    async close() {
      await Promise.all([...worlds.values()].map((world) => world.close()))
    },
  }
}

/** What became of each service: `eu/cart healthy 1`. */
export function ends({ targets }: Pick<TargetsResult, 'targets'>): string[] {
  return targets.flatMap(({ target, services }) => services.map(({ service, status, sequence }) => `${target}/${service} ${status} ${sequence}`)).toSorted()
}
