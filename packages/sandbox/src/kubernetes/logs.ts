import { isJson, listOf, stringOf } from '../json.ts'
import { at, type Resource } from './resource.ts'
import { refuse } from './status.ts'

/** The lines of each run of each container, by pod uid and container; the last run is the present one. */
export type LogBook = Map<string, string[][]>

export function logKey(uid: string, container: string): string {
  return `${uid}/${container}`
}

/** Waiting reasons that the kubelet words otherwise when it is asked for logs. */
const WORDS: Readonly<Record<string, string>> = { ErrImagePull: "image can't be pulled", ImagePullBackOff: 'trying and failing to pull image' }

/** The text of a GET on `pods/log`. */
export function logOf(pod: Resource, query: URLSearchParams, book: LogBook): string | undefined {
  const { name, uid } = pod.metadata
  const containers = [...listOf(at(pod, 'spec', 'containers')), ...listOf(at(pod, 'spec', 'initContainers'))].map((one) => stringOf(at(one, 'name')) ?? '')
  const main = listOf(at(pod, 'spec', 'containers'))
  if (!query.has('container') && main.length > 1) throw refuse.badRequest(`a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]`)
  const container = query.get('container') ?? containers[0] ?? ''
  if (!containers.includes(container)) throw refuse.badRequest(`container ${container} is not valid for pod ${name}`)
  const status = [...listOf(at(pod, 'status', 'containerStatuses')), ...listOf(at(pod, 'status', 'initContainerStatuses'))].find((one) => at(one, 'name') === container)
  const runs = book.get(logKey(uid, container)) ?? []
  // A pod that no node has taken has no log to speak of.
  if (at(pod, 'spec', 'nodeName') === undefined) return undefined
  const isPrevious = query.get('previous') === 'true'
  if (isPrevious && !isJson(at(status, 'lastState', 'terminated'))) throw refuse.badRequest(`previous terminated container "${container}" in pod "${name}" not found`)
  const waiting = stringOf(at(status, 'state', 'waiting', 'reason'))
  if (!isPrevious && waiting !== undefined && runs.length === 0) throw refuse.badRequest(`container "${container}" in pod "${name}" is waiting to start: ${WORDS[waiting] ?? waiting}`)
  const lines = (isPrevious ? runs.at(at(status, 'state', 'running') !== undefined || waiting === undefined ? -2 : -1) : runs.at(-1)) ?? []
  const tail = query.has('tailLines') ? lines.slice(Math.max(0, lines.length - Number(query.get('tailLines')))) : lines
  return tail.map((line) => `${line}\n`).join('')
}
