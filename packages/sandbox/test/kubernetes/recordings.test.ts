import { expect, test } from '@jest/globals'
import type { LifeScript } from '../../src/kubernetes/index.ts'
import { linesOf, recordings, shows, Tracks, type Line } from './recording.ts'
import { APPS, at, inCluster, NS, type Client } from './support.ts'

// What a follower reads in the sandbox, held against what a real cluster sent. A recording is cut at each thing that was
// done from outside (an apply, a pod's deletion); before the next is done, everything recorded up to there must have been
// read, object by object, in the recorded order. Left out:
// - times and counts of Events, and the order between different objects: they differ from run to run on a real cluster too;
// - states that the sandbox shows and the recording lacks, where `EXTRA` names them: a kubelet writes at most one status a
//   second and pod, so that a short state is often skipped, and a recording ends in the middle of a back-off;
// - Events that come by chance (`BY_CHANCE`);
// - a pod's condition ContainersReady, which always equals Ready.

/** What cannot be played, and why. */
const NOT_PLAYED: Readonly<Record<string, string>> = {
  'daemonset-crashes': 'no controller for DaemonSets: they live in the real tests',
  'daemonset-healthy': 'no controller for DaemonSets',
  'job-fails': 'no controller for Jobs: no action rolls one out',
  'job-succeeds': 'no controller for Jobs',
  'statefulset-healthy': 'no controller for StatefulSets: they live in the real tests',
  'statefulset-update-stuck': 'no controller for StatefulSets',
}

const crashes = (exitCode: number, times?: number): LifeScript => () => ({ crash: { afterMs: 100, exitCode, ...(times === undefined ? {} : { times }) } })
const readyOneByOne = (firstMs: number): LifeScript => {
  let count = 0
  return () => ({ readyAfterMs: firstMs + 500 * (count += 1) })
}

/** Every second pod ends before it is seen ready. */
const endsReadyOrNot = (): LifeScript => {
  let count = 0
  return () => ({ crash: { afterMs: 1000, exitCode: 0 }, readyAfterMs: (count += 1) % 2 === 0 ? 0 : Infinity })
}

/** How the processes behave, which follows from no object. A recording without an entry follows from its objects alone. */
const lives = (): Readonly<Record<string, LifeScript>> => ({
  'crash-at-start': crashes(3),
  'crash-one-replica': crashes(1),
  'deadline-but-then-healthy': readyOneByOne(25_000),
  'executable-missing': () => ({ startError: 'exec: "/no/such/binary": stat /no/such/binary: no such file or directory' }),
  'exit-zero-at-start': endsReadyOrNot(),
  'healthy-after-one-crash': crashes(1, 1),
  'healthy-after-two-crashes': crashes(1, 2),
  'healthy-both-crash-once': crashes(1, 1),
  'healthy-registry-was-down': () => ({ registry: { fails: 'unreachable', times: 2 } }),
  'healthy-slow-init': () => ({ containers: { prepare: { crash: { afterMs: 25_000, exitCode: 0 } } } }),
  'healthy-slow-start': readyOneByOne(30_000),
  'init-container-fails': () => ({ containers: { migrate: { crash: { afterMs: 100, exitCode: 7 } } } }),
  'out-of-memory': () => ({ crash: { afterMs: 100, exitCode: 137, reason: 'OOMKilled' } }),
  'pod-deleted-meanwhile': () => ({ readyAfterMs: 4000 }),
  'readiness-never': () => ({ probe: { fails: 'readiness', answer: 'HTTP probe failed with statuscode: 404' } }),
  'registry-unauthorized': () => ({ registry: { fails: 'unauthorized' } }),
  'registry-unreachable': () => ({ registry: { fails: 'unreachable' } }),
  'startup-probe-kills': () => ({ probe: { fails: 'startup', answer: 'HTTP probe failed with statuscode: 404' } }),
  'update-crashes': (pod) => (at(pod, 'spec', 'containers', 0, 'command') === undefined ? {} : { crash: { afterMs: 100, exitCode: 1 } }),
})

const BY_CHANCE = /context deadline exceeded/

/** What the recording shows and the sandbox does not, and why. */
const SKIPPED: Readonly<Record<string, RegExp>> = {
  // The refusal and the rollout's next step reach the Deployment together.
  'quota-blocks-surge': /Progressing:True:NewReplicaSetCreated ReplicaFailure/,
  // The kubelet had told the back-off in an Event and not yet in the pod, when the pod was deleted.
  'update-then-back': /^Pending deleted .*PodReadyToStartContainers:True/,
}

/** What the sandbox shows and a recording may lack. */
const EXTRA: readonly RegExp[] = [
  // A container that runs, or ended and starts again, for less than the second between two writes of its kubelet.
  /^(Running|Pending) .*\[\w+ running, last/,
  /\[app terminated Error 137, last .*, restarts \d\]$/,
  // The Event and the pod's state come together.
  /waiting ImagePullBackOff/,
  // A longer back-off, which the recording ends in, or which its kubelet slept through.
  /CrashLoopBackOff \(back-off (20|40)s/,
]

/** The times that decide in these are too short for more speed. */
const SLOWLY: Readonly<Record<string, number>> = { 'quota-blocks-surge': 25, 'startup-probe-kills': 40, 'update-recreate-strategy': 25 }

test('every recording is played, or it is said why not', () => {
  expect(recordings()).toEqual(expect.arrayContaining([...Object.keys(NOT_PLAYED), ...Object.keys(lives())]))
})

test.each(recordings().filter((name) => !(name in NOT_PLAYED)))('%s is read in the sandbox as it was on a real cluster', async (name) => {
  const speed = SLOWLY[name] ?? 100
  // A busy machine runs moments together: what is not read so is played once more, slower.
  await played(name, speed).catch(() => played(name, speed / 4))
}, 90_000)

async function played(name: string, speed: number): Promise<void> {
  return inCluster({ namespaces: [`rec-${name}`, 'before'], findImage, speed }, async (client) => {
    await pullBefore(client)
    if (name === 'pod-security-denied') client.server.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `rec-${name}`, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } })
    const life = lives()[name]
    if (life) client.server.script(life)
    const read = follow(client, `rec-${name}`)
    const recorded = new Tracks()
    let reached: readonly string[] = []
    for (const line of [...linesOf(name), { ms: Infinity, type: 'END', object: undefined }]) {
      if (line.type === 'LOGS') continue
      if (/^(ADDED|MODIFIED|DELETED)$/.test(line.type)) {
        if (!BY_CHANCE.test(String(at(line.object, 'message')))) recorded.add(line.type, line.object)
        continue
      }
      reached = await read.until(recorded.without(SKIPPED[name]))
      await act(client, line)
    }
    expect(reached.filter((state) => !EXTRA.some((allowed) => allowed.test(state)))).toEqual([])
  })
}

/** What the registry of the recordings had. */
function findImage(reference: string): { platforms: string[]; labels: Record<string, string> } | undefined | 'repository-missing' {
  if (reference.includes('/nothing/here')) return 'repository-missing'
  if (reference.endsWith('/arm:1')) return { platforms: ['linux/arm64'], labels: {} }
  return /\/(base:1|web:[12])$/.test(reference) && !reference.endsWith('5001/web:3') ? { platforms: ['linux/amd64'], labels: {} } : undefined
}

/** The images that the recorded node had from earlier scenarios. */
async function pullBefore({ server }: Client): Promise<void> {
  const images = ['base:1', 'web:1', 'web:2'].map((image) => `127.0.0.1:5001/${image}`)
  server.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'first', namespace: 'before' }, spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } })
  await server.until(() => server.objects('Event', 'before').filter(({ reason }) => reason === 'Started').length === images.length)
}

/** Follows a namespace through watches. */
function follow({ watch }: Client, namespace: string): { until(recorded: Tracks): Promise<string[]> } {
  const seen = new Tracks()
  let look = (): boolean => false
  const paths = [`/apis/apps/v1/namespaces/${namespace}/deployments`, `/apis/apps/v1/namespaces/${namespace}/replicasets`, `/api/v1/namespaces/${namespace}/pods`, `/api/v1/namespaces/${namespace}/events`]
  for (const path of paths)
    watch(`${path}?watch=1`, (event) => {
      seen.add(String(at(event, 'type')), at(event, 'object'))
      look()
      return false
    }).catch(() => undefined)
  return {
    until: (recorded) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`Never read: ${JSON.stringify(shows(seen, recorded).missing, null, 1)}\nRead: ${JSON.stringify(seen.all(), null, 1)}`))
        }, 4000)
        look = () => {
          const { missing, extra } = shows(seen, recorded)
          if (missing.length > 0) return false
          clearTimeout(timer)
          look = () => false
          resolve(extra)
          return true
        }
        look()
      }),
  }
}

/** Does what was done from outside. */
async function act({ server, apply, send }: Client, { type, object }: Line): Promise<void> {
  const kind = String(at(object, 'kind'))
  const namespace = String(at(object, 'metadata', 'namespace'))
  if (type === 'APPLIED') {
    const { status } = await apply(`${kind === 'Deployment' ? APPS : NS}/${kind.toLowerCase()}s/${String(at(object, 'metadata', 'name'))}`.replace('/shop/', `/${namespace}/`), {
      apiVersion: at(object, 'apiVersion'),
      kind,
      metadata: { name: at(object, 'metadata', 'name'), namespace },
      ...Object.fromEntries(['spec', 'data'].flatMap((field) => (at(object, field) === undefined ? [] : [[field, at(object, field)]]))),
    })
    expect([200, 201]).toContain(status)
  } else if (at(object, 'deletedPod') !== undefined) {
    const [pod] = server.objects('Pod').filter(({ metadata }) => metadata.namespace !== 'before')
    await send('DELETE', `/api/v1/namespaces/${pod?.metadata.namespace ?? ''}/pods/${pod?.metadata.name ?? ''}`)
  }
}
