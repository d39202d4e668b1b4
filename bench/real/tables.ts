import { median } from '../median.ts'
import type { Goal, Part } from '../part.ts'
import type { Builds } from './builds.ts'
import type { Deploys } from './deploys.ts'
import { deadlineSeconds, type Told } from './failures.ts'
import { ratioOf, rounds, seconds, type Sides } from './rounds.ts'

/** What both sides took for one thing. */
interface Row {
  readonly what: string
  readonly latencyMs: number
  readonly sides: Sides
  /** What ours does besides; told where it is the slower one. */
  readonly besides: string
}

const head = ['what', 'latency each way, ms', 'ours, s', 'usual, s', 'ours / usual']
const mostOfUsual: Readonly<Record<number, number>> = { 0: 1 / 2, 20: 1 / 4 }
const mostHealthyMs = 300
const mostFailureMs = 500
const mostBehindUndoMs = 1000
const signsIn = 'two processes of Node start and sign in to AWS and the cluster, where docker and kubectl are signed in already'

/** Deploys of ten services, at every place. */
export function deploysPart(places: readonly Deploys[]): Part {
  const rows = [
    ...places.map(({ latencyMs, first }) => ({ what: 'first deploy', latencyMs, sides: first, besides: `${signsIn}; each release is recorded, under a lock` })),
    ...places.map(({ latencyMs, unchanged }) => ({ what: 'unchanged', latencyMs, sides: unchanged, besides: signsIn })),
    ...places.map(({ latencyMs, unchanged, unchangedSideBySide }) => ({ what: 'unchanged; usual builds side by side', latencyMs, sides: { ours: unchanged.ours, usual: unchangedSideBySide }, besides: signsIn })),
    ...places.map(({ latencyMs, changed }) => ({ what: 'one changed of ten', latencyMs, sides: changed, besides: `${signsIn}; the release is recorded, under a lock` })),
  ]
  const each = places.map(({ latencyMs, unchangedEach }) => `${seconds(unchangedEach)} s at ${latencyMs} ms`).join(' and ')
  return {
    title: 'Ten services: first deploy, unchanged, one changed',
    notes: [
      `From the start of the first process to the end of the last; medians of ${rounds} rounds in turn, each with a builder that has no layers, as on a new runner. Ours: ecr-build-push, then k8s-rollout, with a project file. Usual: \`bench/real/usual-deploy.sh\`, image after image with the registry's cache, then one \`kubectl apply\` and one \`kubectl rollout status\` for all manifests, which name their images by digest. Service after service instead, unchanged took it ${each}, measured once. The same script with all ten images built at once is a row of its own, without a goal.`,
      'In favour of the usual side: its docker and kubectl are signed in already, and no builder has to be booted. In favour of ours: it has no soak here, as `kubectl rollout status` has none; by default it watches new pods for 10 s more.',
      ...slower(rows),
    ],
    head,
    rows: rows.map(cells),
    goals: places.map(({ latencyMs, unchanged }) => {
      const most = mostOfUsual[latencyMs] ?? NaN
      return { what: `an unchanged deploy of ten services beside the usual script, at ${latencyMs} ms`, goal: `≤ ${most.toFixed(2)}`, measured: ratioOf(unchanged).toFixed(2), kept: ratioOf(unchanged) <= most }
    }),
  }
}

/** How soon it was told that a rollout is healthy, or that it failed. */
export function toldPart(places: readonly Deploys[], failures: readonly Told[]): Part {
  const rows = [
    ...places.map(({ latencyMs, told }) => ({ what: 'healthy, after the last pod was available', latencyMs, sides: told, besides: 'the Deployment is read anew before it is called healthy' })),
    ...failures.map(({ name, latencyMs, sides }) => ({ what: `${name}, after the write`, latencyMs, sides, besides: 'evidence is gathered' })),
  ]
  return {
    title: 'How soon the end of a rollout is told',
    notes: [
      'Healthy: from the moment that the new pod alone was available, as a watch near the API server saw it, in the deploys of one changed of ten: to the line that says so (ours), to the end of the script (usual).',
      `Failed: from the moment that the Deployment was there, on new services with one replica, to the line that says why; medians of ${rounds} services. \`kubectl rollout status\` says that the progress deadline has passed, and nothing else: ${deadlineSeconds} s here, and 10 minutes where a manifest names none. Crash at start: the third end of the container is decisive. Image missing: an init container's, which the node alone looks for; the service's own image is looked for before anything is written.`,
      ...slower(rows),
    ],
    head,
    rows: [
      ...rows.map(cells),
      ...failures.map(({ name, latencyMs, afterDecisive }) => [`${name}, after the cluster's decisive event`, String(latencyMs), seconds(median(afterDecisive)), '–', '–']),
    ],
    goals: [
      ...places.map(({ latencyMs, told }) => within(`healthy told after the last pod was available, at ${latencyMs} ms`, median(told.ours), mostHealthyMs)),
      ...failures.map(({ name, latencyMs, afterDecisive }) => within(`${name} told after the cluster's decisive event, at ${latencyMs} ms`, median(afterDecisive), mostFailureMs)),
    ],
  }
}

/** The way back. */
export function rollbackPart(places: readonly Deploys[]): Part {
  const rows = places.map(({ latencyMs, back }) => ({ what: 'one service back', latencyMs, sides: back, besides: 'it starts, signs in, takes the lock, and reads from the records what the release has changed and which content was good' }))
  return {
    title: 'Rollback',
    notes: [
      'From the start of the process until the old pod alone served, as a watch near the API server saw it: our rollback of the last release beside `kubectl rollout undo` of the one Deployment, which must be named. Ours then follows the pods, keeps a record, and blocks what was bad: its end is in the last column.',
      ...slower(rows),
    ],
    head: [...head, 'ours to its end, s'],
    rows: rows.map((row, index) => [...cells(row), seconds(median(places[index]?.backEnded ?? []))]),
    goals: places.map(({ latencyMs, back }) => within(`the old pods serve after a rollback, behind kubectl rollout undo, at ${latencyMs} ms`, median(back.ours) - median(back.usual), mostBehindUndoMs)),
  }
}

/** One service's image. */
export function buildsPart(places: readonly Builds[]): Part {
  const besides = 'Node starts, signs in, asks ECR for the image that the content would have, and only then runs the same docker; afterwards it tags what was built'
  const rows = [
    ...places.map(({ latencyMs, warm }) => ({ what: 'one line changed', latencyMs, sides: warm, besides })),
    ...places.map(({ latencyMs, noOp }) => ({ what: 'nothing changed', latencyMs, sides: noOp, besides })),
    ...places.map(({ latencyMs, noOp, noOpKept }) => ({ what: 'nothing changed; usual with a builder that has kept its layers', latencyMs, sides: { ours: noOp.ours, usual: noOpKept }, besides })),
  ]
  return {
    title: 'One image',
    notes: [`ecr-build-push beside \`docker buildx build --push\` with the registry's cache; medians of ${rounds} rounds in turn. The builder has no layers before each, but where it is said.`, ...slower(rows)],
    head,
    rows: rows.map(cells),
    goals: [],
  }
}

function cells({ what, latencyMs, sides }: Row): string[] {
  return [what, String(latencyMs), seconds(median(sides.ours)), seconds(median(sides.usual)), ratioOf(sides).toFixed(2)]
}

/** Says plainly where ours takes longer, and why. */
function slower(rows: readonly Row[]): string[] {
  return rows
    .filter(({ sides }) => ratioOf(sides) > 1)
    .map(({ what, latencyMs, sides, besides }) => `Ours is slower: ${what}, at ${latencyMs} ms, by ${seconds(median(sides.ours) - median(sides.usual))} s. Besides what the usual way does, ${besides}.`)
}

function within(what: string, milliseconds: number, mostMs: number): Goal {
  return { what, goal: `≤ ${(mostMs / 1000).toFixed(1)} s`, measured: `${seconds(milliseconds)} s`, kept: milliseconds <= mostMs }
}
