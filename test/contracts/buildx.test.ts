import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { startSandbox } from '@slipway/sandbox'
import { buildxContract } from './buildx.ts'

const region = 'eu-west-1'

buildxContract('the sandbox\'s stand-in for docker', async () => {
  const sandbox = await startSandbox({ account: '111122223333', regions: [region], repositories: [{ region, name: 'shop/cart' }], buildxDriver: 'remote' })
  const host = sandbox.images.host(region)
  const base = sandbox.images.seedImage({ region, repository: 'base/busybox', tag: '1', files: { 'bin/busybox': '' } })
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = sandbox.staticCredentials()
  const { authorizationData = [] } = await new ECRClient({ region, endpoint: sandbox.url, credentials: { accessKeyId, secretAccessKey } }).send(new GetAuthorizationTokenCommand({}))
  const config = mkdtempSync(join(tmpdir(), 'buildx-contract-docker-'))
  writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [host]: { auth: authorizationData[0]?.authorizationToken } } }))
  return {
    environment: { ...sandbox.environment(), DOCKER_CONFIG: config, PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}` },
    base: `${host}/base/busybox@${base}`,
    repository: `${host}/shop/cart`,
    nowhere: `${host}/shop/nowhere`,
    async close() {
      rmSync(config, { recursive: true })
      await sandbox.close()
    },
  }
})
