import { eksToken, loadEks, openEcr, openEks, openSecrets, signIn, type Ecr, type SecretSource, type Session, type SignInOptions } from '@slipway/aws'
import { openCluster, type Cluster } from '@slipway/kubernetes'
import { digestRule, repositoryRule, type AccountId, type Region } from '@slipway/release'
import { loadHttp, openHttp, type Clock } from '@slipway/wire'

/** A cluster, and who to be there. */
export interface TargetPlace {
  readonly region: Region
  readonly cluster: string
  /** ARN of the role to assume; without it the machine's own credentials are taken. */
  readonly role?: string
  readonly expectedAccount?: AccountId
}

/** What a target's access reaches of the run that opens it. */
export interface TargetEdges extends Pick<SignInOptions, 'sessionName' | 'idToken' | 'environment' | 'signal'> {
  readonly clock: Clock
  readonly random?: () => number
  /** Told when an answer has to be waited for. */
  onWait(text: string): void
}

/** A registry that a target pulls from. */
export interface TargetRegistry {
  /** Whether the digest is there; a repository that does not exist holds nothing. */
  has(repository: string, digest: string): Promise<boolean>
}

/** A target that is signed in to. */
export interface TargetAccess {
  readonly cluster: Cluster
  readonly secrets: SecretSource
  /** The images of an account in a region; the target's own account where left out. */
  registry(options: { readonly account?: AccountId; readonly region: Region }): TargetRegistry
  close(): Promise<void>
}

/**
 * Signs in and finds the cluster's API server. ECR and Secrets Manager are loaded and asked only once they are used.
 * @throws Failed where the role, the account or the cluster is not to be had.
 */
export async function openTarget(target: TargetPlace, edges: TargetEdges): Promise<TargetAccess> {
  const { environment, signal, clock, random = Math.random } = edges
  const session = await signIn({
    region: target.region,
    sessionName: edges.sessionName,
    idToken: (audience, meanwhile) =>
      edges.idToken(audience, () => {
        meanwhile()
        loadEks()
        loadHttp()
      }),
    environment,
    signal,
    ...(target.role === undefined ? {} : { role: target.role }),
    ...(target.expectedAccount === undefined ? {} : { expectedAccount: target.expectedAccount }),
  })
  const onWait = (text: string): void => {
    edges.onWait(text)
  }
  const { endpoint, ca } = await openEks(session, { signal }).describe(target.cluster)
  const http = openHttp({ environment, ...(ca === undefined ? {} : { ca }) })
  const cluster = openCluster({ name: `${target.cluster} in ${target.region}`, endpoint, http, clock, random, signal, token: () => eksToken(session, target.cluster), onWait })
  const registries = new Map<string, TargetRegistry>()
  return {
    cluster,
    secrets: openSecrets(session, { signal }),
    registry(options) {
      const key = `${options.account ?? ''}/${options.region}`
      const registry = registries.get(key) ?? registryOf(session, { ...options, signal, onRetry: onWait })
      registries.set(key, registry)
      return registry
    },
    close: () => http.close(),
  }
}

function registryOf(session: Session, options: Parameters<typeof openEcr>[1]): TargetRegistry {
  const ecr: Ecr = openEcr(session, options)
  return {
    async has(repository, digest) {
      if (!repositoryRule.is(repository) || !digestRule.is(digest)) return false
      const answer = await ecr.batchGetImage(repository, [{ digest }])
      return answer !== 'repository-missing' && answer.found.some((image) => image.digest === digest)
    },
  }
}
