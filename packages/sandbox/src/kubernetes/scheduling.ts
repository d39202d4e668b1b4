import { isJson, listOf } from '../json.ts'
import { at, type Resource } from './resource.ts'

const CPUS = 4

/** Why no node takes a pod, in the scheduler's words; nothing where the one node does. */
export function unschedulable(pod: Resource, nodeLabels: Readonly<Record<string, string>>): string | undefined {
  const why = misfit(pod, nodeLabels)
  return why === undefined ? undefined : `0/1 nodes are available: 1 ${why}. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`
}

function misfit(pod: Resource, nodeLabels: Readonly<Record<string, string>>): string | undefined {
  const selector = at(pod, 'spec', 'nodeSelector')
  if (isJson(selector) && Object.entries(selector).some(([name, value]) => nodeLabels[name] !== value)) return "node(s) didn't match Pod's node affinity/selector"
  const wanted = listOf(at(pod, 'spec', 'containers')).map((container) => cpus(at(container, 'resources', 'requests', 'cpu')))
  return wanted.reduce((sum, one) => sum + one, 0) > CPUS ? 'Insufficient cpu' : undefined
}

/** A quantity of CPUs: `2`, `0.5`, `500m`. */
function cpus(quantity: unknown): number {
  const text = typeof quantity === 'string' || typeof quantity === 'number' ? String(quantity) : '0'
  return text.endsWith('m') ? parseFloat(text) / 1000 : parseFloat(text)
}
