export { blockOf, changedContent, decodeBlocks, encodeBlocks, type Block, type Content } from './block.ts'
export { canonicalHash, canonicalJson, isJson, isJsonObject, sameJson, type Json, type JsonObject } from './canonical.ts'
export { configFieldManager, configMarks, fixedObject } from './configuration-object.ts'
export { encodeResult } from './encode-result.ts'
export {
  builtImage,
  decodeConfiguration,
  decodeConfigurationCommit,
  decodeImages,
  decodeReleases,
  encodeConfiguration,
  encodeImages,
  encodeReleases,
  rolledService,
  syncedObject,
  type BuiltImage,
  type Configuration,
  type Images,
  type Releases,
  type RolledService,
  type SyncedObject,
} from './handover.ts'
export { goodRevisions, healthyRuns, isWritten, newestOf, releasesOf, type HealthyRun, type ReleaseHistory, type RunningNumbers } from './history.ts'
export {
  accountRule,
  digestRule,
  environmentRule,
  namespaceRule,
  regionRule,
  repositoryRule,
  serviceRule,
  tagRule,
  targetRule,
  type AccountId,
  type Digest,
  type EnvironmentName,
  type NameRule,
  type Namespace,
  type Region,
  type RepositoryName,
  type ServiceName,
  type Tag,
  type TargetName,
} from './names.ts'
export { outcomes, type Outcome } from './outcome.ts'
export { prove, provenConfiguration, type ProofStep, type ProofWish, type Proven, type Testimony } from './proof.ts'
export {
  decodeRecord,
  decodeSource,
  encodeRecord,
  encodeSource,
  type ContentNames,
  type Participant,
  type RecordHead,
  type RecordedVerdict,
  type ReleaseRecord,
  type Source,
} from './record.ts'
export { resultEntries } from './result.ts'
export { fingerprint, type Revision, type RevisionObject } from './revision.ts'
export { compareVersions, isCalled, isPrerelease, versionOfTag, versionPrefix, versionRule, type Version } from './version.ts'
export { conventionalCommit, type ConventionalCommit } from './version-commit.ts'
export { bumps, highest, lastStable, nextVersion, type Bump } from './version-next.ts'
export { workloadMarks } from './workload-marks.ts'
