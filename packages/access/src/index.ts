export { clusterPorts, type ClusterUse } from './cluster-ports.ts'
export { openEcr, registryHost, signIn, type Ecr, type EcrImage, type EcrOptions, type PutImageAnswer, type SecretSource, type SecretVersion, type SecretWanted, type Session, type SignInOptions } from '@slipway/aws'
export { openTarget, type TargetAccess, type TargetEdges, type TargetPlace, type TargetRegistry } from './target.ts'
export { openTargetPorts, type OpenTargetPorts, type TargetUse } from './target-ports.ts'
