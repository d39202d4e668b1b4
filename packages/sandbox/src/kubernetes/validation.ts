import { isDeepStrictEqual } from 'node:util'
import { isJson, listOf, stringOf } from '../json.ts'
import type { Kind } from './kinds.ts'
import { at, type Resource } from './resource.ts'
import { matchesLabels } from './selectors.ts'
import { refuse, type Cause } from './status.ts'

const MEBIBYTE = 1_048_576
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']

/** Refuses an object whose content the API would refuse: a 422 that tells every cause at once. */
export function validate(kind: Kind, object: Resource, live: Resource | undefined): void {
  const causes = [...metadata(kind, object), ...content(object), ...(live ? changes(object, live) : [])]
  if (causes.length > 0) throw refuse.invalid(kind, object.metadata.name, causes)
}

const required = (field: string): Cause => ({ reason: 'FieldValueRequired', field, message: 'Required value' })
const invalid = (field: string, value: unknown, why: string): Cause => ({ reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` })
const unsupported = (field: string, value: unknown, known: readonly string[]): Cause => ({ reason: 'FieldValueNotSupported', field, message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${known.map((one) => JSON.stringify(one)).join(', ')}` })
const tooLong = (field: string, limit: number): Cause => ({ reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${limit} bytes` })
const immutable = (field: string): Cause => ({ reason: 'FieldValueForbidden', field, message: 'Forbidden: field is immutable when `immutable` is set' })

const SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const LABEL = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const LABEL_VALUE = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const CONFIG_KEY = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

function metadata(kind: Kind, { metadata: { name, labels = {}, annotations = {} } }: Resource): Cause[] {
  const causes: Cause[] = []
  if (name === '') causes.push({ ...required('metadata.name'), message: 'Required value: name or generateName is required' })
  else if (kind.kind === 'Service') {
    if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) causes.push(invalid('metadata.name', name, LABEL))
    if (name.length > 63) causes.push(invalid('metadata.name', name, 'must be no more than 63 characters'))
  } else {
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) causes.push(invalid('metadata.name', name, SUBDOMAIN))
    if (name.length > 253) causes.push(invalid('metadata.name', name, 'must be no more than 253 characters'))
  }
  for (const [key, value] of Object.entries(labels)) {
    if (!isQualified(key)) causes.push(invalid('metadata.labels', key, 'name part must consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character'))
    if (value.length > 63) causes.push(invalid('metadata.labels', value, 'must be no more than 63 bytes'))
    if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) causes.push(invalid('metadata.labels', value, LABEL_VALUE))
  }
  for (const key of Object.keys(annotations))
    if (!isQualified(key.toLowerCase())) causes.push(invalid('metadata.annotations', key, 'name part must consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character'))
  if (Object.entries(annotations).flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0) > 262_144) causes.push(tooLong('metadata.annotations', 262_144))
  return causes
}

function isQualified(key: string): boolean {
  return /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(key)
}

function content(object: Resource): Cause[] {
  switch (object.kind) {
    case 'ConfigMap':
    case 'Secret':
      return keyed(object)
    case 'Deployment':
    case 'ReplicaSet':
      return [...countable(object), ...selected(object), ...pod(at(object, 'spec', 'template', 'spec'), 'spec.template.spec')]
    case 'Pod':
      return pod(object['spec'], 'spec')
    case 'Service':
      return listOf(at(object, 'spec', 'ports')).length === 0 && at(object, 'spec', 'type') !== 'ExternalName' && at(object, 'spec', 'clusterIP') !== 'None' ? [required('spec.ports')] : []
    case 'HorizontalPodAutoscaler':
      return (Number(at(object, 'spec', 'maxReplicas') ?? 0) < 1 ? [invalid('spec.maxReplicas', at(object, 'spec', 'maxReplicas') ?? 0, 'must be greater than 0')] : []).concat(at(object, 'spec', 'scaleTargetRef', 'name') === undefined ? [required('spec.scaleTargetRef.name')] : [])
    default:
      return []
  }
}

function keyed(object: Resource): Cause[] {
  const data = isJson(object['data']) ? object['data'] : {}
  const binary = isJson(object['binaryData']) ? object['binaryData'] : {}
  const isSecret = object.kind === 'Secret'
  const size = [...Object.values(data).map((value) => (isSecret ? decodedLength(value) : Buffer.byteLength(String(value)))), ...Object.values(binary).map(decodedLength)].reduce((sum, length) => sum + length, 0)
  return [
    ...[...Object.keys(data).map((key) => ['data', key] as const), ...Object.keys(binary).map((key) => ['binaryData', key] as const)]
      .filter(([, key]) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..')
      .map(([field, key]) => invalid(`${field}[${key}]`, key, CONFIG_KEY)),
    ...Object.keys(data).filter((key) => key in binary).map((key) => invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    ...(size > MEBIBYTE ? [tooLong(isSecret ? 'data' : '[]', MEBIBYTE)] : []),
  ]
}

function decodedLength(value: unknown): number {
  return Buffer.from(String(value), 'base64').length
}

function countable(object: Resource): Cause[] {
  const replicas = at(object, 'spec', 'replicas')
  return typeof replicas === 'number' && replicas < 0 ? [invalid('spec.replicas', replicas, 'must be greater than or equal to 0')] : []
}

function selected(object: Resource): Cause[] {
  const selector = at(object, 'spec', 'selector')
  if (!isJson(selector)) return [required('spec.selector')]
  const labels = at(object, 'spec', 'template', 'metadata', 'labels')
  const text = isJson(labels) ? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])) : {}
  if (selector['matchLabels'] === undefined || matchesLabels(selector['matchLabels'], text)) return []
  return [invalid('spec.template.metadata.labels', text, '`selector` does not match template `labels`')]
}

function pod(spec: unknown, path: string): Cause[] {
  const containers = listOf(at(spec, 'containers'))
  if (containers.length === 0) return [required(`${path}.containers`)]
  const volumes = new Set(listOf(at(spec, 'volumes')).map((volume) => at(volume, 'name')))
  return [...containers.map((container, index) => [container, `${path}.containers[${index}]`] as const), ...listOf(at(spec, 'initContainers')).map((container, index) => [container, `${path}.initContainers[${index}]`] as const)].flatMap(([container, place]) => [
    ...((stringOf(at(container, 'name')) ?? '') === '' ? [required(`${place}.name`)] : []),
    ...((stringOf(at(container, 'image')) ?? '') === '' ? [required(`${place}.image`)] : []),
    ...(PULL_POLICIES.includes(stringOf(at(container, 'imagePullPolicy')) ?? 'Always') ? [] : [unsupported(`${place}.imagePullPolicy`, at(container, 'imagePullPolicy'), PULL_POLICIES)]),
    ...listOf(at(container, 'volumeMounts')).flatMap((mount, index) => {
      const name = at(mount, 'name')
      return volumes.has(name) ? [] : [{ reason: 'FieldValueNotFound' as const, field: `${place}.volumeMounts[${index}].name`, message: `Not found: ${JSON.stringify(name)}` }]
    }),
  ])
}

function changes(object: Resource, live: Resource): Cause[] {
  const same = (...path: string[]): boolean => isDeepStrictEqual(at(object, ...path), at(live, ...path))
  const causes: Cause[] = []
  const fixed = (...path: string[]): void => {
    if (!same(...path)) causes.push(invalid(path.join('.'), at(object, ...path) ?? null, 'field is immutable'))
  }
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
      fixed('spec', 'selector')
      break
    case 'ConfigMap':
    case 'Secret':
      if (live['immutable'] === true) causes.push(...['immutable', 'data', 'binaryData'].filter((field) => !same(field)).map(immutable))
      if (object.kind === 'Secret') fixed('type')
      break
    case 'Service':
      if (at(object, 'spec', 'type') === at(live, 'spec', 'type')) fixed('spec', 'clusterIP')
  }
  return causes
}
