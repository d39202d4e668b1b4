export { parseManifests, type ManifestDocument, type ManifestFile } from './manifests.ts'
export { objectText, type Manifest, type ObjectName } from './objects.ts'
