import type { Principal } from './access-keys.ts'
import { AwsError } from './aws-error.ts'
import { need } from './iam.ts'
import type { Json } from './json.ts'

/** A cluster as EKS knows it. */
export interface EksCluster {
  readonly name: string
  readonly region: string
  readonly endpoint: string
}

/** The answer of DescribeCluster. */
export function describeCluster(account: string, clusters: Iterable<EksCluster>, region: string, name: string, caller: Principal): Json {
  const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`
  need(caller, 'eks:DescribeCluster', arn)
  for (const cluster of clusters)
    if (cluster.name === name && cluster.region === region)
      return {
        cluster: {
          name,
          arn,
          version: '1.35',
          status: 'ACTIVE',
          endpoint: cluster.endpoint,
          // The endpoint speaks plain HTTP on loopback: there is no authority to trust.
          certificateAuthority: {},
          identity: { oidc: { issuer: `https://oidc.eks.${region}.amazonaws.com/id/${Buffer.from(name).toString('hex').toUpperCase()}` } },
        },
      }
  throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404)
}
