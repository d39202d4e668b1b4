import { describe, expect, test } from '@jest/globals'
import { referencesOf } from '../src/manifest.ts'
import { digest } from './names.ts'

const blob = (text: string, mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip') => ({ mediaType, digest: digest(text), size: text.length })
const known = (text: string) => ({ digest: digest(text), size: text.length })

describe('what a manifest refers to', () => {
  test('is its configuration and its layers, each once', () => {
    expect(referencesOf(JSON.stringify({ config: blob('config'), layers: [blob('a'), blob('b'), blob('a')] }))).toEqual({ children: [], blobs: ['config', 'a', 'b'].map(known) })
  })
  test('is the images of an index, attestations too', () => {
    expect(referencesOf(JSON.stringify({ manifests: [blob('amd64'), blob('attestation')] }))).toEqual({ children: [digest('amd64'), digest('attestation')], blobs: [] })
  })
  test('is no layer that must not be distributed, which no registry holds', () => {
    const layers = [blob('a'), blob('windows', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'), blob('other', 'application/vnd.oci.image.layer.nondistributable.v1.tar')]
    expect(referencesOf(JSON.stringify({ config: blob('config'), layers }))?.blobs).toEqual(['config', 'a'].map(known))
  })
  test.each(['', '{}', '{"layers":[]}', '{"config":{"digest":"sha256:x","size":1},"layers":[]}', '{"manifests":[{}]}', '{"schemaVersion":1,"fsLayers":[]}'])('is not known of %p', (text) => {
    expect(referencesOf(text)).toBeUndefined()
  })
})
