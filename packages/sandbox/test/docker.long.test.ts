import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { describe, expect, test } from '@jest/globals'
import type { Sandbox } from '@slipway/sandbox'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { extract } from './support/tar.ts'
import { HOST, REGION, client, inCloud, member } from './support/cloud.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const shop = join(fixtures, 'shop')
const repositories = ['shop/cart', 'shop/cache', 'base'].map((name) => ({ region: REGION, name }))
const IMAGE = `${HOST}/shop/cart`
const CACHE = `type=registry,ref=${HOST}/shop/cache:main,mode=max,image-manifest=true`

interface Engine {
  docker: (words: string[], environment?: Record<string, string>) => Promise<{ code: number; stdout: string; stderr: string }>
  /** A file in a folder of the test's own. */
  file: (name: string, content?: string) => string
}

/** A sandbox with a docker command that is signed in to its registry. */
function withDocker(test: (sandbox: Sandbox, engine: Engine) => Promise<void>): Promise<void> {
  return inCloud({ repositories }, async (sandbox) => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-docker-'))
    const { authorizationData } = await new ECRClient(client(sandbox)).send(new GetAuthorizationTokenCommand({}))
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [HOST]: { auth: authorizationData?.[0]?.authorizationToken } } }))
    const env = { ...sandbox.environment(), DOCKER_CONFIG: folder, PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}` }
    try {
      await test(sandbox, {
        docker: (words, environment = {}) =>
          new Promise((resolve) => {
            const child = execFile(join(sandbox.binFolder, 'docker'), words, { env: { ...env, ...environment } }, (_, stdout, stderr) => {
              resolve({ code: child.exitCode ?? -1, stdout, stderr })
            })
          }),
        file: (name, content) => {
          if (content !== undefined) writeFileSync(join(folder, name), content)
          return join(folder, name)
        },
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
}

/** A manifest of shop/cart, its configuration, and the files of its layers. */
async function pulled(sandbox: Sandbox, reference: string): Promise<{ manifest: unknown; config: unknown; files: Map<string, string> }> {
  const repository = sandbox.images.repository(REGION, 'shop/cart')
  const digest = repository?.tags.get(reference) ?? reference
  const manifest: unknown = JSON.parse(repository?.manifests.get(digest)?.bytes.toString() ?? '{}')
  const blob = (descriptor: unknown): Buffer => repository?.blobs.get(String(member(descriptor, 'digest'))) ?? Buffer.from('{}')
  const config: unknown = JSON.parse(blob(member(manifest, 'config')).toString())
  const layers = member(manifest, 'layers')
  const files = new Map<string, string>()
  for (const layer of Array.isArray(layers) ? layers : []) for (const [path, entry] of await extract(gunzipSync(blob(layer)))) files.set(path, entry)
  return { manifest, config, files }
}

describe('docker buildx build', () => {
  test('builds the stages that are needed and pushes the image', () =>
    withDocker(async (sandbox, { docker, file }) => {
      const words = ['buildx', 'build', '--tag', `${IMAGE}:v1`, '-t', `${IMAGE}:main`, '--build-arg', 'VERSION=1.2.3', '--build-arg', 'OTHER=x', '--label', 'team=cart', '--platform', 'linux/arm64', '--push', '--metadata-file', file('metadata.json'), '--iidfile', file('iid'), '--progress', 'plain', shop]
      const { code, stderr } = await docker(words)
      expect(stderr).toContain('[runtime 3/4] COPY --from=sources --chown=1000:1001 /src ./')
      expect(code).toBe(0)

      const { config, files, manifest } = await pulled(sandbox, 'v1')
      expect(Object.fromEntries(files)).toEqual({
        'app/': '0755 0:0',
        'app/bin/': '0755 0:0',
        'app/bin/start': "0755 0:0 #!/bin/sh\nexec node server.js\n",
        'app/lib/': expect.stringContaining('1000:1001'),
        'app/lib/cart.js': expect.stringMatching(/1000:1001 export const cart/),
        'app/package.json': expect.stringContaining('"shop"'),
        'app/server.js': expect.stringContaining('import'),
      })
      expect(config).toMatchObject({
        os: 'linux',
        architecture: 'arm64',
        config: {
          Env: expect.arrayContaining(['NODE_ENV=production', 'GREETING=hello world', 'PATH_TO=/opt/arm64']),
          Labels: { 'org.opencontainers.image.version': '1.2.3', maintainer: '$VERSION stays', team: 'cart' },
          WorkingDir: '/app',
          User: '1000',
          ExposedPorts: { '8080/tcp': {}, '9090/udp': {} },
          Entrypoint: ['node'],
          Cmd: ['/bin/sh', '-c', 'node "${GREETING:-none}"'],
        },
      })
      const metadata: unknown = JSON.parse(readFileSync(file('metadata.json'), 'utf8'))
      const digest = sandbox.images.repository(REGION, 'shop/cart')?.tags.get('main')
      expect(metadata).toMatchObject({ 'containerimage.digest': digest, 'containerimage.descriptor': { digest }, 'image.name': `${IMAGE}:v1,${IMAGE}:main` })
      expect(readFileSync(file('iid'), 'utf8')).toBe(member(manifest, 'config', 'digest'))
    }))

  test('gives the same digest for the same input, and another for another', () =>
    withDocker(async (sandbox, { docker }) => {
      for (const [tag, version] of [['a', '1'], ['b', '1'], ['c', '2']]) await docker(['buildx', 'build', '-t', `${IMAGE}:${tag ?? ''}`, `--build-arg=VERSION=${version ?? ''}`, '--push', shop])
      const tags = sandbox.images.repository(REGION, 'shop/cart')?.tags
      expect(tags?.get('a')).toMatch(/^sha256:/)
      expect(tags?.get('b')).toBe(tags?.get('a'))
      expect(tags?.get('c')).not.toBe(tags?.get('a'))
    }))

  test('builds on an image of the registry, by tag and by digest', () =>
    withDocker(async (sandbox, { docker, file }) => {
      const digest = sandbox.images.seedImage({ region: REGION, repository: 'base', tag: 'v1', files: { 'etc/passwd': 'node:x:1000:1000::/:/bin/sh\n', 'etc/group': '' }, config: { Env: ['A=1'], Cmd: ['base'], Labels: { from: 'base' } } })
      file('Dockerfile', `ARG BASE\nFROM $BASE\nCOPY --chown=node server.js /srv/\nENTRYPOINT ["/srv"]\n`)
      for (const base of [`${HOST}/base:v1`, `${HOST}/base@${digest}`]) {
        const { code, stderr } = await docker(['buildx', 'build', '-f', file('Dockerfile'), '--platform=linux/amd64', '--build-arg', `BASE=${base}`, '-t', `${IMAGE}:v1`, '--push', join(shop, 'src')])
        expect([code, stderr]).toEqual([0, expect.stringContaining(`@${digest}`)])
      }
      const { config, files } = await pulled(sandbox, 'v1')
      expect(config).toMatchObject({ config: { Env: ['A=1'], Labels: { from: 'base' }, Entrypoint: ['/srv'] } })
      expect(member(config, 'config', 'Cmd')).toBeUndefined()
      expect([...files]).toContainEqual(['srv/server.js', expect.stringContaining('1000:1000')])
    }))

  test('makes an index of several platforms, with attestations where they are asked for', () =>
    withDocker(async (sandbox, { docker }) => {
      const words = ['buildx', 'build', '--platform', 'linux/amd64,linux/arm64', '--push', '-t', `${IMAGE}:v1`, shop]
      expect((await docker([...words, '--provenance=false'], { SANDBOX_BUILDX_DRIVER: 'docker-container' })).code).toBe(0)
      expect(sandbox.images.findImage(`${IMAGE}:v1`)).toMatchObject({ platforms: ['linux/amd64', 'linux/arm64'] })
      expect((await docker([...words, '--provenance', 'mode=max'], { SANDBOX_BUILDX_DRIVER: 'docker-container' })).code).toBe(0)
      const { manifest } = await pulled(sandbox, 'v1')
      expect(member(manifest, 'manifests')).toHaveLength(4)
      expect(member(manifest, 'manifests', 3, 'annotations', 'vnd.docker.reference.type')).toBe('attestation-manifest')
      expect(sandbox.images.findImage(`${IMAGE}:v1`)).toMatchObject({ platforms: ['linux/amd64', 'linux/arm64'] })
    }))

  test('pushes by digest alone', () =>
    withDocker(async (sandbox, { docker, file }) => {
      await docker(['buildx', 'build', '--output', `type=image,name=${IMAGE},push-by-digest=true,push=true`, '--metadata-file', file('metadata.json'), shop])
      const repository = sandbox.images.repository(REGION, 'shop/cart')
      expect(repository?.tags.size).toBe(0)
      expect([...(repository?.manifests.keys() ?? [])]).toEqual([member(JSON.parse(readFileSync(file('metadata.json'), 'utf8')), 'containerimage.digest')])
    }))

  test('exports a cache and finds its steps in it', () =>
    withDocker(async (_, { docker }) => {
      const words = ['buildx', 'build', '--push', '--provenance=false', '-t', `${IMAGE}:v1`, '--cache-to', CACHE, '--cache-from', `type=registry,ref=${HOST}/shop/cache:main`, shop]
      const container = { SANDBOX_BUILDX_DRIVER: 'docker-container' }
      const first = await docker(words, container)
      expect(first.stderr).not.toContain('CACHED')
      expect(first.stderr).toMatch(/importing cache manifest.*\n.*ERROR: failed to configure registry cache importer: .*shop\/cache:main: not found/)
      expect([first.code, (await docker(words, container)).stderr.match(/CACHED/g)?.length]).toEqual([0, 5])
      expect((await docker([...words, '--no-cache'], container)).stderr).not.toContain('CACHED')
    }))

  test('fails with a cache that cannot be exported, unless errors are to be ignored', () =>
    withDocker(async (sandbox, { docker }) => {
      const words = ['buildx', 'build', '--push', '--provenance=false', '-t', `${IMAGE}:v1`, shop, '--cache-to']
      const nowhere = `type=registry,ref=${HOST}/shop/nowhere:main,mode=max`
      const container = { SANDBOX_BUILDX_DRIVER: 'docker-container' }
      expect(await docker([...words, nowhere], container)).toMatchObject({ code: 1, stderr: expect.stringContaining('failed to solve: unexpected status from POST') })
      expect((await docker([...words, `${nowhere},ignore-error=true`], container)).code).toBe(0)
      const plain = await docker([...words, CACHE])
      expect(plain).toMatchObject({ code: 1, stderr: expect.stringContaining('Cache export is not supported for the docker driver.') })
      expect(sandbox.images.repository(REGION, 'shop/cart')?.tags.size).toBe(1)
    }))
})

test('credentials under the registry address that ECR gave are found too', () =>
  withDocker(async (sandbox, { docker, file }) => {
    const auth = member(JSON.parse(readFileSync(file('config.json'), 'utf8')), 'auths', HOST)
    file('config.json', JSON.stringify({ auths: { [sandbox.registries.get(REGION) ?? '']: auth } }))
    expect((await docker(['buildx', 'build', '--push', '-t', `${IMAGE}:v1`, shop])).code).toBe(0)
  }))

describe('the stand-in refuses', () => {
  test('what only an engine can do, each with its place, before anything is pushed', () =>
    withDocker(async (sandbox, { docker }) => {
      const { code, stderr } = await docker(['buildx', 'build', '-f', join(fixtures, 'refused.Dockerfile'), '-t', `${IMAGE}:v1`, '--push', shop])
      const refused = ['2: COPY --chmod', '3: RUN', '4: ADD of an address', '5: HEALTHCHECK', '6: COPY with a here-document'].map((what) => `${join(fixtures, 'refused.Dockerfile')}:${what}`)
      expect(stderr).toContain(`ERROR: failed to build: failed to solve: a real engine is needed for what the sandbox's stand-in for docker cannot do:\n  ${refused.join('\n  ')}\n`)
      expect(code).toBe(1)
      expect(sandbox.ledger.counted()['registry']).toBeUndefined()
    }))

  test.each([
    ['a RUN in the stage that is built', ['--target', 'tested'], /a real engine is needed for .*:\n.*shop\/Dockerfile:27: RUN\n/],
    ['a stage that is not there', ['--target', 'nope'], /target stage "nope" could not be found/],
    ['a secret whose variable is unset', ['--secret', 'id=npm,env=NOT_SET'], /secret npm: environment variable NOT_SET is not set/],
    ['a secret whose file is missing', ['--secret', 'id=npm,src=/nowhere'], /failed to stat \/nowhere: no such file/],
    ['several platforms with the plain driver', ['--platform', 'linux/amd64,linux/arm64'], /Multi-platform build is not supported for the docker driver/],
    ['a flag that it does not know', ['--ssh', 'default'], /unknown flag: --ssh.*a real engine is needed/],
    ['a Dockerfile that is not there', ['-f', 'nowhere'], /failed to read dockerfile: open nowhere/],
    ['a base of another registry', ['--build-arg', 'BASE=node:24'], /^Dockerfile:11\n[^]*the image node:24 is on no registry of the sandbox/m],
    ['a base that is not there', ['--build-arg', `BASE=${HOST}/base:v9`], /^ERROR: failed to build: failed to solve: (.*base:v9): failed to resolve source metadata for \1: \1: not found$/m],
    ['a repository that is not there', ['--push', '-t', `${HOST}/shop/nowhere:v1`], /failed to push .*shop\/nowhere:v1: unknown: The repository with name 'shop\/nowhere' does not exist/],
    ['two contexts', [shop], /requires exactly 1 argument/],
  ])('%s', (_, words, message) =>
    withDocker(async (__, { docker }) => {
      const { code, stderr } = await docker(['buildx', 'build', ...words, shop])
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)])
    }))

  test.each([
    ['a source that is not there', 'FROM scratch\n\nCOPY nope /x\n', /^Dockerfile:3\n[^]*"\/nope": not found/m],
    ['a source that .dockerignore leaves out', 'FROM scratch\nCOPY docs /x\n', /"\/docs": not found/],
    ['several sources without a folder', 'FROM scratch\nCOPY src start.sh /x\n', /the destination must be a directory and end with a \//],
    ['an owner without a number where no passwd is', 'FROM scratch\nCOPY --chown=node src /x\n', /no such user: node/],
    ['a misspelt instruction', 'FROM scratch\nCOPPY src /x\n', /dockerfile parse error on line 2: unknown instruction: COPPY/],
  ])('%s', (_, dockerfile, message) =>
    withDocker(async (__, { docker, file }) => {
      file('Dockerfile', dockerfile)
      writeFileSync(file('Dockerfile.dockerignore'), 'docs\n')
      const { code, stderr } = await docker(['buildx', 'build', '-f', file('Dockerfile'), shop])
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)])
    }))

  test('a push without credentials', () =>
    withDocker(async (_, { docker, file }) => {
      const { stderr } = await docker(['buildx', 'build', '--push', '-t', `${IMAGE}:v1`, shop], { DOCKER_CONFIG: file('empty') })
      expect(stderr).toMatch(/failed to push .*: 401 Unauthorized/)
    }))

  test('commands that it does not speak', () =>
    withDocker(async (_, { docker }) => {
      expect(await docker(['run', 'busybox'])).toMatchObject({ code: 1, stderr: expect.stringContaining('does not know "docker run busybox"') })
    }))
})

test('the stand-in tells its versions and driver', () =>
  withDocker(async (_, { docker }) => {
    expect((await docker(['version'])).stdout).toContain('Server:')
    expect((await docker(['buildx', 'version'])).stdout).toMatch(/^github\.com\/docker\/buildx v0/)
    expect((await docker(['buildx', 'inspect'])).stdout).toMatch(/^Name: +default\nDriver: docker\n[^]*BuildKit version: v0/)
    expect((await docker(['buildx', 'inspect', 'big'], { SANDBOX_BUILDX_DRIVER: 'docker-container' })).stdout).toMatch(/^Name: +big\nDriver: docker-container\n/)
  }))
