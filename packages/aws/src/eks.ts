import { Failed } from '@slipway/report'
import { loadAhead } from '@slipway/wire'
import { errorName, refusal } from './refusal.ts'
import type { Session } from './session.ts'

/** Where a cluster's API server is. */
export interface EksCluster {
  readonly endpoint: string
  /** Its authority as PEM; left out where EKS names none. */
  readonly ca?: string
  readonly arn: string
}

export interface Eks {
  /** @throws Failed `cluster-missing`, `cluster-unreachable` while it has no API server, `access-denied`. */
  describe(name: string): Promise<EksCluster>
}

/** Opens EKS; nothing is loaded or asked before the first call. */
export function openEks(session: Session, { signal }: { readonly signal: AbortSignal }): Eks {
  const { region } = session
  return {
    async describe(name) {
      const { DescribeClusterCommand, EKSClient } = await loadClient()
      const client = new EKSClient(await session.settings('EKS'))
      try {
        const { cluster = {} } = await client.send(new DescribeClusterCommand({ name }), { abortSignal: signal })
        const { endpoint, arn = '', status = 'UNKNOWN', certificateAuthority } = cluster
        // While a cluster is updated its API server goes on serving.
        if (endpoint === undefined || !['ACTIVE', 'UPDATING'].includes(status)) throw notServing(name, region, status)
        const authority = certificateAuthority?.data ?? ''
        return { endpoint, arn, ...(authority === '' ? {} : { ca: Buffer.from(authority, 'base64').toString() }) }
      } catch (error) {
        signal.throwIfAborted()
        if (errorName(error) === 'ResourceNotFoundException') throw await missing(name, session)
        throw refusal(error, { service: 'EKS', right: 'eks:DescribeCluster', region, object: `the cluster ${name}` })
      }
    },
  }
}

/** Loads the client ahead. */
export function loadEks(): void {
  loadAhead(loadClient)
}

/** What is taken of the client by name is all that the bundle holds of it. */
async function loadClient() {
  const { DescribeClusterCommand, EKSClient } = await import('@aws-sdk/client-eks')
  return { DescribeClusterCommand, EKSClient }
}

function notServing(name: string, region: string, status: string): Failed {
  return new Failed({
    code: 'cluster-unreachable',
    what: `the cluster ${name} in ${region} has the status ${status}`,
    why: 'a cluster can be worked with only while it is ACTIVE or UPDATING',
    next: status === 'CREATING' || status === 'PENDING' ? 'wait until it is made, and run this again' : 'look at the cluster in the EKS console',
  })
}

async function missing(name: string, session: Session): Promise<Failed> {
  return new Failed({
    code: 'cluster-missing',
    what: `there is no EKS cluster ${name} in ${session.region} of account ${await session.account()}`,
    why: 'EKS knows none of this name there',
    next: 'check the cluster\'s name, the region, and the account that the role belongs to',
  })
}
