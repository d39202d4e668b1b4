export type { RefSource, ReleaseTag } from './admitted-ref.ts'
export { readAllowUnproven } from './allow-unproven.ts'
export { configModes, type ConfigMode } from './config-modes.ts'
export type { NodePath } from './document.ts'
export { choice, durationMs, flag, givenToken, invalid, keyValues, lines, named, names, required, safePath, shown, text, withoutValue, type InputValues } from './fields.ts'
export { overlayPaths } from './overlays.ts'
export { parsePolicy, parseProject, type WrittenPolicy } from './parse-project.ts'
export { joinedPolicy, underPolicy } from './policy.ts'
export { patienceOf, readPatience, type PatienceInputs } from './patience-inputs.ts'
export { isPlain, plainTarget, refusePlainInputs } from './plain-target.ts'
export { makePlan, type Plan } from './plan.ts'
export type {
  ConfigDeclaration,
  Environment,
  ImageDeclaration,
  Policy,
  Project,
  Registry,
  SecretDeclaration,
  SecretReference,
  Service,
  Target,
} from './project.ts'
export { defaultRecordNamespace } from './project-of.ts'
export { requiredEnvironment, type RequiredEnvironment } from './required-environment.ts'
export { clusterRule, configKeyRule, configNameRule, roleRule, secretTypeRule, sharedPolicy } from './rules.ts'
export { registryAccount } from './registry-account.ts'
export { readShared, type SharedInputs } from './shared-inputs.ts'
export { insteadOf, suggestion } from './suggestion.ts'
export { unsafePath } from './texts.ts'
export { unknownInputs } from './unknown-inputs.ts'
export { substitute, substituteText } from './variables.ts'
