import { openEks, openSecrets, signIn, type Eks, type SecretSource, type Session, type SignInOptions } from '@slipway/aws'
import { regionRule, type Region } from '@slipway/release'

/** An account that the contract is held to, freshly opened. */
export interface Served {
  /** Twelve digits. */
  readonly account: string
  /** Where the cluster is; there is another region. */
  readonly region: Region
  readonly elsewhere: Region
  /** The variables that lead to its services. */
  readonly environment: Readonly<Record<string, string>>
  /** The variables of somebody who needs no role. */
  readonly keys: Readonly<Record<string, string>>
  /** Name of a role that may be assumed with `idToken`. */
  readonly role: string
  readonly idToken: (audience: string) => Promise<string>
  /** A cluster as EKS has to describe it; no authority where it speaks plain http on loopback. */
  readonly cluster: { readonly name: string; readonly endpoint: string; readonly ca?: string }
  /** Stores a value under its stages, AWSCURRENT where none are named, and gives the version's id. */
  readonly put: (name: string, value: string | Uint8Array, stages?: readonly string[]) => Promise<string>
  readonly markDeleted: (name: string) => Promise<void>
  close(): Promise<void>
}

/** An account as the tests speak to it. */
export interface OpenAccount extends Served {
  /** As the role, or with the keys where `role` is false. */
  readonly session: (more?: Partial<Omit<SignInOptions, 'role'>> & { readonly role?: boolean }) => Promise<Session>
  readonly eks: (region?: Region) => Promise<Eks>
  readonly secrets: (region?: Region) => Promise<SecretSource>
  /** The name of a secret of one test. */
  readonly secret: (name: string) => string
}

const { signal } = new AbortController()

export function regionOf(text: string): Region {
  if (regionRule.is(text)) return text
  throw new Error(`no region: ${text}`)
}

/** Opens the way to an account. The home is empty: nobody's own files are read. */
export function speakTo(served: Served): OpenAccount {
  const { account, environment, region, idToken, keys } = served
  const run = Date.now().toString(36)
  let counted = 0
  const session: OpenAccount['session'] = ({ role = true, ...more } = {}) => {
    const who = role ? { role: `arn:aws:iam::${account}:role/${served.role}` } : {}
    return signIn({ region, sessionName: 'slipway 42/build', idToken, environment: { HOME: '/nonexistent', ...environment, ...(role ? {} : keys) }, signal, ...who, ...more })
  }
  return {
    ...served,
    session,
    eks: async (at = region) => openEks((await session()).in(at), { signal }),
    secrets: async (at = region) => openSecrets((await session()).in(at), { signal }),
    secret(name) {
      counted += 1
      return `contract/${run}/${counted}/${name}`
    },
  }
}
