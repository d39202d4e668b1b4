import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import type { RegistryEnd } from '@slipway/images'
import { startSandbox } from '@slipway/sandbox'
import { registryContract } from './registry.ts'

const regions = ['eu-west-1', 'us-east-1'] as const

registryContract('the sandbox\'s registry', async () => {
  const sandbox = await startSandbox({ account: '111122223333', regions })
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = sandbox.staticCredentials()
  const end = async (region: string): Promise<RegistryEnd> => {
    const { authorizationData = [] } = await new ECRClient({ region, endpoint: sandbox.url, credentials: { accessKeyId, secretAccessKey } }).send(new GetAuthorizationTokenCommand({}))
    const [username = '', password = ''] = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString().split(':')
    return { name: `ECR in ${region}`, url: authorizationData[0]?.proxyEndpoint ?? '', username, password }
  }
  return {
    here: await end(regions[0]),
    there: await end(regions[1]),
    make(repository) {
      for (const region of regions) sandbox.images.createRepository(region, repository)
    },
    close: () => sandbox.close(),
  }
})
