const factors: Readonly<Record<string, number>> = {
  n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
}

/** A quantity as Kubernetes writes it (`500m`, `2Gi`, `1e3`) as a number; undefined where it is none. */
export function quantity(text: string): number | undefined {
  const [, number, suffix = ''] = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text.trim()) ?? []
  const factor = Object.hasOwn(factors, suffix) ? factors[suffix] : undefined
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

/** `pods=1,limits.cpu=500m` as numbers by resource; what is no quantity is left out. */
export function quantities(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split(',').flatMap((part): [string, number][] => {
      const [resource = '', value = ''] = part.split('=')
      const amount = quantity(value)
      return amount === undefined ? [] : [[resource.trim(), amount]]
    }),
  )
}
