/** The builder that buildx is going to use. */
export interface Builder {
  readonly name: string
  /** `docker`, `docker-container`, `kubernetes` or `remote`. */
  readonly driver: string
  /** The plain `docker` driver cannot export a layer cache. */
  readonly exportsCache: boolean
}

/** The words after `docker` that describe the builder. */
export const inspectCommand = ['buildx', 'inspect'] as const

/** Reads what `docker buildx inspect` prints; undefined where it names no driver. */
export function readBuilder(printed: string): Builder | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}:[ \\t]*(\\S+)`, 'm').exec(printed)?.[1]
  const driver = field('Driver')
  if (driver === undefined) return undefined
  return { name: field('Name') ?? 'default', driver, exportsCache: driver !== 'docker' }
}
