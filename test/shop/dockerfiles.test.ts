import { describe, expect, test } from '@jest/globals'
import { startSandbox } from '@slipway/sandbox'
import { baseImages } from './base-images.ts'
import { find, read, services } from './shop.ts'

test('every Dockerfile begins with a base image that the sandbox seeds, by the very digest', async () => {
  const sandbox = await startSandbox({ account: '111122223333', regions: ['eu-west-1'] })
  try {
    const seeded = baseImages.map((image) => `${sandbox.images.host(image.region)}/${image.repository}@${sandbox.images.seedImage(image)}`)
    const bases = find('**/Dockerfile').flatMap((path) => [...read(path).matchAll(/^FROM (\S+)/gm)].map((match) => match[1]))
    expect(bases).toHaveLength(services.length)
    expect([...new Set(bases)].sort()).toEqual(seeded.sort())
  } finally {
    await sandbox.close()
  }
})

describe.each(services)('the image of $name', ({ name, image }) => {
  test('is built from a Dockerfile in its context, without instructions that need an engine', () => {
    const keywords = read(`${image?.context ?? ''}/${image?.dockerfile ?? ''}`).match(/^[A-Z]+(?= )/gm) ?? []
    const performed = ['FROM', 'LABEL', 'ENV', 'WORKDIR', 'COPY', 'USER', 'EXPOSE', 'ENTRYPOINT']
    expect(keywords.filter((keyword) => !performed.includes(keyword))).toEqual([])
    expect(image?.context).toBe(`services/${name}`)
  })

  test('stays as it is when a manifest changes', () => {
    expect(read(`${image?.context ?? ''}/.dockerignore`).split('\n')).toContain('k8s')
  })
})
