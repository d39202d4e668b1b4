import { signIn } from '@slipway/aws'
import { startSandbox } from '@slipway/sandbox'
import { regionOf } from './aws/served.ts'
import { eksTokenContract } from './eks-token.ts'

const region = regionOf('eu-west-1')
const sub = 'repo:acme/shop:environment:staging'

eksTokenContract('the sandbox\'s Kubernetes', [], async () => {
  const clusters = ['prod-eu', 'prod-us'].map((name) => ({ name, region, namespaces: ['staging'] }))
  const sandbox = await startSandbox({ account: '111122223333', regions: [region], roles: [{ name: 'deploy', trust: [sub], groups: ['system:masters'] }], clusters })
  const idToken = (audience: string): Promise<string> => sandbox.issueIdToken({ sub }, audience)
  const known = (name: string): { name: string; endpoint: string } => ({ name, endpoint: sandbox.clusters.get(name)?.url ?? '' })
  return {
    session: await signIn({ region, role: `arn:aws:iam::${sandbox.account}:role/deploy`, sessionName: 'slipway-42-1', idToken, environment: sandbox.environment(), signal: new AbortController().signal }),
    sts: sandbox.url,
    own: known('prod-eu'),
    other: known('prod-us'),
    close: () => sandbox.close(),
  }
})
