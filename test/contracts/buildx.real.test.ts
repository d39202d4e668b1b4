import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { dockerConfig } from '@slipway/images'
import { openBed } from '../real/bed/bed.ts'
import { startBuildkit } from '../real/bed/buildkit.ts'
import { startEcr } from '../real/bed/ecr.ts'
import { startRegistry } from '../real/bed/registry.ts'
import { buildxContract } from './buildx.ts'

const region = 'eu-west-1'

buildxContract('docker with BuildKit', async () => {
  const bed = openBed()
  const registry = await startRegistry(bed)
  const ecr = await startEcr(bed, { account: '111122223333', regions: [region], roles: [], repositories: [{ region, name: 'shop/cart' }], sts: `http://127.0.0.1:${await bed.port('aws')}` })
  const buildkit = await startBuildkit(bed, { ecr, registry })
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = ecr.administrator
  const { authorizationData = [] } = await new ECRClient({ region, endpoint: ecr.url, credentials: { accessKeyId, secretAccessKey } }).send(new GetAuthorizationTokenCommand({}))
  const [username = '', password = ''] = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString().split(':')
  const host = ecr.hosts[region] ?? ''
  const folder = mkdtempSync(join(tmpdir(), 'buildx-contract-docker-'))
  const own = { text: readFileSync(join(buildkit.dockerConfig, 'config.json'), 'utf8'), pluginFolder: join(buildkit.dockerConfig, 'cli-plugins') }
  writeFileSync(join(folder, 'config.json'), dockerConfig([{ host, username, password }], own), { mode: 0o600 })
  return {
    environment: { DOCKER_CONFIG: folder, BUILDX_CONFIG: join(buildkit.dockerConfig, 'buildx') },
    base: registry.base,
    repository: `${host}/shop/cart`,
    nowhere: `${host}/shop/nowhere`,
    close() {
      rmSync(folder, { recursive: true })
      return Promise.resolve()
    },
  }
})
