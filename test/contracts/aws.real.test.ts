import { CreateSecretCommand, DeleteSecretCommand, PutSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { openBed } from '../real/bed/bed.ts'
import { account, places, standing } from '../real/bed/up-down.ts'
import { awsContract } from './aws.ts'
import { regionOf } from './aws/served.ts'

awsContract('moto', () => {
  const { environment, clusters } = standing(openBed())
  const { region, cluster } = places.eu
  // moto takes any.
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' }
  const manager = new SecretsManagerClient({ region, endpoint: environment['AWS_ENDPOINT_URL_SECRETS_MANAGER'] ?? '', credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY } })
  return Promise.resolve({
    account,
    region: regionOf(region),
    elsewhere: regionOf(places.us.region),
    environment,
    keys,
    role: 'slipway-staging',
    // Nobody looks at it.
    idToken: () => Promise.resolve('e30.e30.none'),
    cluster: { name: cluster, endpoint: clusters.eu.endpoint, ca: clusters.eu.ca },
    async put(name: string, value: string | Uint8Array, stages?: readonly string[]) {
      const content = typeof value === 'string' ? { SecretString: value } : { SecretBinary: value }
      const put = manager.send(new PutSecretValueCommand({ SecretId: name, ...content, ...(stages === undefined ? {} : { VersionStages: [...stages] }) }))
      const { VersionId = '' } = await put.catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return manager.send(new CreateSecretCommand({ Name: name, ...content }))
        throw error
      })
      return VersionId
    },
    async markDeleted(name: string) {
      await manager.send(new DeleteSecretCommand({ SecretId: name }))
    },
    close: () => Promise.resolve(),
  })
})
