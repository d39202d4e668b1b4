import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Aws } from './aws.ts'
import type { Bed } from './bed.ts'
import { goTool } from './go-tools.ts'
import { imageArchive } from './image-archive.ts'
import { command, step } from './steps.ts'

const repository = 'base/node'

/** Puts the base image of the shop's services into ECR: this very Node and its libraries, and no shell. Gives its digest. */
export async function pushNodeBase(bed: Bed, { ecr }: Aws, { region, password }: { readonly region: string; readonly password: string }): Promise<string> {
  const noted = join(bed.run, 'node-base')
  if (existsSync(noted)) return readFileSync(noted, 'utf8')
  const archive = await imageArchive(bed, {
    name: 'node.tar',
    image: `${repository}:24`,
    sources: [process.version],
    config: { Env: ['PATH=/usr/local/bin'] },
    fill: (root) => layNode(bed, root),
  })
  return step('base image of the shop', async () => {
    const crane = await goTool(bed, 'crane')
    const host = ecr.hosts[region] ?? ''
    const docker = join(bed.run, 'node-base-docker')
    mkdirSync(docker, { recursive: true })
    writeFileSync(join(docker, 'config.json'), JSON.stringify({ auths: { [host]: { auth: Buffer.from(`AWS:${password}`).toString('base64') } } }), { mode: 0o600 })
    const environment = { DOCKER_CONFIG: docker, HTTP_PROXY: ecr.url }
    const name = `${host}/${repository}:24`
    await command(bed, 'base-image', [crane, 'push', '--insecure', archive, name], { environment })
    const digest = (await command(bed, 'base-image', [crane, 'digest', '--insecure', name], { environment })).trim()
    writeFileSync(noted, digest)
    return digest
  })
}

/** A linked program runs with the libraries of the machine where it is, and this one was linked for all. */
async function layNode(bed: Bed, root: string): Promise<void> {
  const libraries = (await command(bed, 'base-image', ['ldd', process.execPath])).matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)
  for (const [, library = ''] of libraries) lay(library, join(root, library))
  lay(process.execPath, join(root, 'usr', 'local', 'bin', 'node'))
  const etc = join(root, 'etc')
  mkdirSync(etc)
  writeFileSync(join(etc, 'passwd'), 'root:x:0:0:root:/root:/sbin/nologin\nnode:x:1000:1000:node:/home/node:/sbin/nologin\n')
  writeFileSync(join(etc, 'group'), 'root:x:0:\nnode:x:1000:\n')
}

function lay(file: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  copyFileSync(file, path)
}
