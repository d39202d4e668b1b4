import { startSandbox } from '@slipway/sandbox'
import { awsContract } from './aws.ts'
import { regionOf } from './aws/served.ts'

const sub = 'repo:acme/shop:environment:staging'
const [region, elsewhere] = [regionOf('eu-west-1'), regionOf('us-east-1')]

awsContract('the sandbox\'s AWS', async () => {
  const sandbox = await startSandbox({ account: '111122223333', regions: [region, elsewhere], roles: [{ name: 'slipway-staging', trust: [sub] }], clusters: [{ name: 'prod-eu', region, namespaces: [] }] })
  return {
    account: sandbox.account,
    region,
    elsewhere,
    environment: sandbox.environment(),
    keys: sandbox.staticCredentials(),
    role: 'slipway-staging',
    idToken: (audience) => sandbox.issueIdToken({ sub }, audience),
    cluster: { name: 'prod-eu', endpoint: sandbox.clusters.get('prod-eu')?.url ?? '' },
    put: (name, value, stages) => Promise.resolve(sandbox.secrets.put(region, name, typeof value === 'string' ? value : Buffer.from(value), stages)),
    markDeleted(name) {
      sandbox.secrets.markDeleted(region, name)
      return Promise.resolve()
    },
    close: () => sandbox.close(),
  }
})
