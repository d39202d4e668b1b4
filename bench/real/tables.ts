import { median } from '../median.ts'
import type { Goal, Part } from '../part.ts'
import type { Builds } from './builds.ts'
import type { Deploys } from './deploys.ts'
import { deadlineSeconds, type Told } from './failures.ts'
import { cellsOf, ratioOf, rounds, seconds, type Sides } from './rounds.ts'

const head = ['what', 'latency each way, ms', 'ours, s', 'usual, s', 'ours / usual']
const mostOfUsual: Readonly<Record<number, number>> = { 0: 1 / 2, 20: 1 / 4 }
const mostHealthyMs = 300
const mostFailureMs = 500
const mostBehindUndoMs = 1000

/** Deploys of ten services, at every place. */
export function deploysPart(places: readonly Deploys[]): Part {
  const row = (what: string, of: (one: Deploys) => Sides) => (one: Deploys): string[] => [what, String(one.latencyMs), ...cellsOf(of(one))]
  return {
    title: 'Ten services: first deploy, unchanged, one changed',
    notes: [
      `From the start of the first process to the end of the last; medians of ${rounds} rounds in turn, each with a builder that has no layers, as on a new runner. Ours: ecr-build-push, then k8s-rollout, with a project file. Usual: \`bench/real/usual-deploy.sh\`, image after image with the registry's cache, then one \`kubectl apply\` and one \`kubectl rollout status\` for all manifests, which name their images by digest.`,
      `That is the better way for the usual side: service after service, unchanged took ${places.map(({ latencyMs, unchangedEach }) => `${seconds(unchangedEach)} s at ${latencyMs} ms`).join(' and ')}, once. A script that builds all ten images at once is a row of its own, without a goal.`,
      'In favour of the usual side: its docker and kubectl are signed in already, and ours signs in within its time; no builder has to be booted. In favour of ours: it has no soak here, as `kubectl rollout status` has none; its default is to watch the pods for 10 s more, which a first and a changed deploy would be longer by.',
    ],
    head,
    rows: [
      ...places.map(row('first deploy', ({ first }) => first)),
      ...places.map(row('unchanged', ({ unchanged }) => unchanged)),
      ...places.map(row('unchanged; usual builds side by side', ({ unchanged, unchangedSideBySide }) => ({ ours: unchanged.ours, usual: unchangedSideBySide }))),
      ...places.map(row('one changed of ten', ({ changed }) => changed)),
    ],
    goals: places.map(({ latencyMs, unchanged }) => {
      const most = mostOfUsual[latencyMs] ?? NaN
      return { what: `an unchanged deploy of ten services beside the usual script, at ${latencyMs} ms`, goal: `≤ ${most.toFixed(2)}`, measured: ratioOf(unchanged).toFixed(2), kept: ratioOf(unchanged) <= most }
    }),
  }
}

/** How soon it was told that a rollout is healthy, or that it failed. */
export function toldPart(places: readonly Deploys[], failures: readonly Told[]): Part {
  return {
    title: 'How soon the end of a rollout is told',
    notes: [
      'Healthy: from the moment that the new pod alone was available, as a watch near the API server saw it, in the deploys of one changed of ten: to the line that says so (ours), to the end of the script (usual).',
      `Failed: from the moment that the Deployment was there, on new services with one replica, to the line that says why. \`kubectl rollout status\` says that the progress deadline has passed, and nothing else: ${deadlineSeconds} s here, and 10 minutes where a manifest names none. Crash at start: the third end of the container is decisive. Image missing: an init container's, which the node alone looks for; the service's own image is looked for before anything is written.`,
    ],
    head,
    rows: [
      ...places.map(({ latencyMs, told }) => ['healthy, after the last pod was available', String(latencyMs), ...cellsOf(told)]),
      ...failures.map(({ name, latencyMs, sides }) => [`${name}, after the write`, String(latencyMs), ...cellsOf(sides)]),
      ...failures.map(({ name, latencyMs, afterDecisive }) => [`${name}, after the cluster's decisive event`, String(latencyMs), seconds(median(afterDecisive)), '–', '–']),
    ],
    goals: [
      ...places.map(({ latencyMs, told }) => within(`healthy told after the last pod was available, at ${latencyMs} ms`, median(told.ours), mostHealthyMs)),
      ...failures.map(({ name, latencyMs, afterDecisive }) => within(`${name} told after the cluster's decisive event, at ${latencyMs} ms`, median(afterDecisive), mostFailureMs)),
    ],
  }
}

/** One service's image. */
export function buildsPart(places: readonly Builds[]): Part {
  const row = (what: string, of: (one: Builds) => Sides) => (one: Builds): string[] => [what, String(one.latencyMs), ...cellsOf(of(one))]
  return {
    title: 'One image',
    notes: [
      `ecr-build-push beside \`docker buildx build --push\` with the registry's cache; medians of ${rounds} rounds in turn. The builder has no layers before each, but where it is said. With one line changed, ours asks what there is, and then runs the same docker: it is slower by its own start and sign-in.`,
    ],
    head,
    rows: [
      ...places.map(row('one line changed', ({ warm }) => warm)),
      ...places.map(row('nothing changed', ({ noOp }) => noOp)),
      ...places.map(row('nothing changed; usual with a builder that has kept its layers', ({ noOp, noOpKept }) => ({ ours: noOp.ours, usual: noOpKept }))),
    ],
    goals: [],
  }
}

/** The way back. */
export function rollbackPart(places: readonly Deploys[]): Part {
  return {
    title: 'Rollback',
    notes: [
      'From the start of the process until the old pod alone served, seen near the API server: our rollback of the last release, which finds by itself what that changed, beside `kubectl rollout undo` of the one Deployment. Ours then follows the pods, keeps the record, and blocks what was bad: its end is in the last column.',
    ],
    head: [...head, 'ours to its end, s'],
    rows: places.map(({ latencyMs, back, backEnded }) => ['one service back', String(latencyMs), ...cellsOf(back), seconds(median(backEnded))]),
    goals: places.map(({ latencyMs, back }) => within(`the old pods serve after a rollback, behind kubectl rollout undo, at ${latencyMs} ms`, median(back.ours) - median(back.usual), mostBehindUndoMs)),
  }
}

function within(what: string, milliseconds: number, mostMs: number): Goal {
  return { what, goal: `≤ ${(mostMs / 1000).toFixed(1)} s`, measured: `${seconds(milliseconds)} s`, kept: milliseconds <= mostMs }
}
