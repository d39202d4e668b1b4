import { pushImages } from '../../test/real/deployer.ts'
import type { Part } from '../part.ts'
import { compareForty, type Comparison, type Deployed } from './forty-ways.ts'
import { rounds, seconds } from './rounds.ts'

const ways = {
  slowest: 'ours, the slowest one alone',
  together: 'ours, 40 at once',
  oneByOne: 'kubectl, one by one: 8 of them, × 5',
  sideBySide: 'kubectl, 8 side by side',
  inOne: 'kubectl, all in one file',
} as const
const deploys = { first: 'first deploy', changed: 'all changed', unchanged: 'unchanged' } as const
const mostTimes = 1.5

/** Forty services at once on played nodes. */
export async function forty(): Promise<Part> {
  const [first = '', second = ''] = await pushImages(2)
  const comparison = await compareForty([first, second])
  const cell = ({ milliseconds, requests, megabytes }: Deployed): string => `${seconds(milliseconds)} s, ${requests} requests, ${megabytes.toFixed(0)} MB`
  const times = (deploy: keyof Comparison['together']): number => comparison.together[deploy].milliseconds / comparison.slowest[deploy].milliseconds
  const names = (['first', 'changed', 'unchanged'] as const).map((name) => ({ name, title: deploys[name] }))
  return {
    title: 'Forty services at once',
    notes: [
      `On played nodes (kwok), whose pods take 1 to 3 s to become ready; ours as medians of ${rounds} rounds, the others measured once.`,
      'k8s-rollout alone, without a build, beside `kubectl apply` and `kubectl rollout status` of each service. Requests are those that the API server has let in. One `kubectl apply` of one file with everything, followed by one `kubectl rollout status`, shows how long this machine\'s API server, controllers and nodes need by themselves. The controllers may ask the API server 500 times a second here; by default it is 20, which makes every way slower. Its Go programs collect their garbage at GOGC=400 instead of 100: control plane and actions share two cores here.',
    ],
    head: ['way', ...names.map(({ title }) => title)],
    rows: (['slowest', 'together', 'oneByOne', 'sideBySide', 'inOne'] as const).map((way) => [ways[way], ...names.map(({ name }) => cell(comparison[way][name]))]),
    goals: names.map(({ name, title }) => ({ what: `40 services at once beside the slowest of them alone: ${title}`, goal: `≤ ${mostTimes} ×`, measured: `${times(name).toFixed(2)} ×`, kept: times(name) <= mostTimes })),
  }
}
