import { accountRule, environmentRule, namespaceRule, regionRule, repositoryRule, serviceRule, targetRule, type NameRule } from '@slipway/release'
import * as v from 'valibot'
import { configModes } from './config-modes.ts'
import { branchRule, clusterRule, configKeyRule, configNameRule, extendsRule, roleRule, secretTypeRule, variableRule } from './rules.ts'
import { parseDuration, unsafePath } from './texts.ts'

/** Marks the issue of a key that a map does not know; the issue's message then lists the keys that it does. */
export const unknownKey = 'never'

/** Begins the message of an issue about a word that is none of a few; the words follow. */
export const oneOf = 'one of: '

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: unknown): value is unknown[] => Array.isArray(value)

/** A map with the keys given and no other; all its problems are found, not only the first. */
const map = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom<object>(isMap, 'a map'),
    v.looseObject(entries),
    v.rawCheck(({ dataset, addIssue }) => {
      const value: unknown = dataset.value
      if (!isMap(value)) return
      for (const key of Object.keys(value).filter((one) => !Object.hasOwn(entries, one))) {
        addIssue({ message: Object.keys(entries).join(', '), expected: unknownKey, path: [{ type: 'object', origin: 'key', input: {}, key, value: undefined }] })
      }
    }),
  )

const named = <Name extends string>(rule: NameRule<Name>) =>
  v.pipe(
    v.string('text'),
    v.rawTransform<string, Name>(({ dataset, addIssue, NEVER }) => {
      if (rule.is(dataset.value)) return dataset.value
      addIssue({ message: rule.rule })
      return NEVER
    }),
    v.description(rule.rule),
  )

const mapOf = <Name extends string, const Schema extends v.GenericSchema>(rule: NameRule<Name>, schema: Schema) =>
  v.pipe(v.custom<object>(isMap, 'a map'), v.record(named(rule), schema))

const list = <const Schema extends v.GenericSchema>(schema: Schema) => v.pipe(v.custom<unknown[]>(isList, 'a list'), v.array(schema))
const some = <const Schema extends v.GenericSchema>(schema: Schema) => v.pipe(list(schema), v.minLength(1, 'a list of one or more'))

const text = v.pipe(v.string('text'), v.nonEmpty('text that is not empty'))
const flag = v.boolean('true or false')
const mode = v.exactOptional(v.picklist(configModes, `${oneOf}${configModes.join(', ')}`), 'versioned')
const path = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const reason = dataset.typed ? unsafePath(dataset.value) : undefined
    if (reason !== undefined) addIssue({ message: `a path that stays inside its folder (${reason})` })
  }),
)
const spanRule = 'a number with one of the units s, m, h, such as 90s or 5m'
const span = v.pipe(
  v.string('text'),
  v.rawTransform<string, number>(({ dataset, addIssue, NEVER }) => {
    const milliseconds = parseDuration(dataset.value)
    if (milliseconds !== undefined) return milliseconds
    addIssue({ message: spanRule })
    return NEVER
  }),
  v.description(spanRule),
)
const variables = v.exactOptional(mapOf(variableRule, v.string('text')), {})

const registry = map({
  account: named(accountRule),
  region: named(regionRule),
  regions: v.exactOptional(list(named(regionRule)), []),
  role: v.exactOptional(named(roleRule)),
})

const secretReference = { 'json-key': v.exactOptional(text), stage: v.exactOptional(text) }

const service = map({
  image: v.exactOptional(
    map({
      repository: named(repositoryRule),
      context: v.exactOptional(path, '.'),
      dockerfile: v.exactOptional(path, 'Dockerfile'),
      target: v.exactOptional(text),
      platforms: v.exactOptional(some(text), ['linux/amd64']),
      'build-args': v.exactOptional(mapOf(variableOrArgument(), v.string('text')), {}),
      secrets: v.exactOptional(list(text), []),
    }),
  ),
  manifests: v.exactOptional(map({ paths: some(path), template: v.exactOptional(flag, false) })),
  config: v.exactOptional(
    mapOf(
      configNameRule,
      map({
        files: v.exactOptional(list(path), []),
        'env-files': v.exactOptional(list(path), []),
        literals: v.exactOptional(mapOf(configKeyRule, v.string('text')), {}),
        template: v.exactOptional(flag, false),
        mode,
      }),
    ),
    {},
  ),
  secrets: v.exactOptional(
    mapOf(
      configNameRule,
      map({
        type: v.exactOptional(named(secretTypeRule), 'Opaque'),
        mode,
        from: v.exactOptional(text),
        ...secretReference,
        keys: v.exactOptional(mapOf(configKeyRule, map({ from: text, ...secretReference }))),
      }),
    ),
    {},
  ),
})

const order = v.union(
  [v.picklist(['one-then-rest', 'all-at-once']), v.pipe(v.array(v.pipe(v.array(v.string()), v.minLength(1))), v.minLength(1))],
  'one-then-rest, all-at-once, or a list of waves such as [[eu], [us, ap]]',
)

const environment = map({
  branches: v.exactOptional(list(text), []),
  tags: v.exactOptional(list(text), []),
  'pre-releases': v.exactOptional(flag, false),
  'release-branch': v.exactOptional(named(branchRule)),
  requires: v.exactOptional(map({ environment: named(environmentRule), role: named(roleRule) })),
  variables,
  rollout: v.exactOptional(
    map({
      soak: v.exactOptional(span),
      timeout: v.exactOptional(span),
      regions: v.exactOptional(v.picklist(['independent'], `${oneOf}independent`), 'independent'),
      order: v.exactOptional(order, 'one-then-rest'),
    }),
    { regions: 'independent', order: 'one-then-rest' },
  ),
  registry: v.exactOptional(registry),
  targets: some(
    map({
      name: named(targetRule),
      region: named(regionRule),
      cluster: named(clusterRule),
      namespace: named(namespaceRule),
      'record-namespace': v.exactOptional(named(namespaceRule)),
      role: v.exactOptional(named(roleRule)),
      'expected-account': v.exactOptional(named(accountRule)),
      variables,
    }),
  ),
})

const version = v.literal(1, 'the number 1')
const environments = mapOf(environmentRule, environment)

/** The whole project file, as it is written. */
export const projectSchema = map({
  version,
  extends: v.exactOptional(named(extendsRule)),
  registry: v.exactOptional(registry),
  configuration: v.exactOptional(map({ path: v.exactOptional(path, '.') }), { path: '.' }),
  services: mapOf(serviceRule, service),
  environments: v.exactOptional(environments, {}),
})

/** What of a project file is policy: the services of the default branch are nobody's concern. */
export const policySchema = map({
  version,
  extends: v.exactOptional(named(extendsRule)),
  registry: v.exactOptional(registry),
  configuration: v.exactOptional(v.unknown()),
  services: v.exactOptional(v.unknown()),
  environments: v.exactOptional(environments, {}),
})

/** What the schema gives. */
export type ProjectText = v.InferOutput<typeof projectSchema>
export type PolicyText = v.InferOutput<typeof policySchema>
export type ServiceText = v.InferOutput<typeof service>
export type EnvironmentText = v.InferOutput<typeof environment>
export type RegistryText = v.InferOutput<typeof registry>

function variableOrArgument(): NameRule<string> {
  return { is: (name): name is string => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name), rule: 'letters, digits and "_", not beginning with a digit' }
}
