import { Failed, granting, Problems } from '@slipway/report'
import { recordBefore, revisionBefore } from './adopt-before.ts'
import type { Mission, Surroundings } from './delivery.ts'
import { openImageCheck } from './image-check.ts'
import type { TargetPorts } from './ports.ts'
import { prepare, type PreparedService } from './prepare.ts'
import type { WantedService } from './wanted.ts'
import { recordOf } from './record.ts'

/** What the caller of a preflight knows besides. */
export interface PreflightCaller {
  /** What speaks against a service. */
  judge(prepared: PreparedService, problems: Problems): Promise<void> | undefined
  /** Whether the role's rights matter: where anything will be written, if only a record, and where one asks what would be. */
  needsRights(prepared: readonly PreparedService[]): boolean
}

/**
 * Makes every check that needs no write, for all services of a target; the caller adds its own. Images and rights are
 * asked for where something is to be written, while the server still tries it.
 * @throws Failed with every problem found: namespaces, rights, images, ownership, what the server would refuse.
 */
export async function preflight(mission: Mission, wanted: readonly WantedService[], { ports, clock }: Surroundings, caller: PreflightCaller): Promise<readonly PreparedService[]> {
  const problems = new Problems()
  const history = ports.records.history(wanted.map(({ service }) => service))
  const checkImages = openImageCheck(mission, ports, problems)
  const checkRights = openRightsCheck(mission, wanted, ports)
  const looked = Promise.all(
    wanted.map(async (one) => {
      const checks: Promise<void>[] = []
      const prepared = await prepare(one, mission, ports, problems, {
        history,
        onChange() {
          const check = checkImages(one)
          // Told once the service was looked at.
          for (const begun of [check, checkRights()]) begun.catch(() => undefined)
          checks.push(check)
        },
      })
      await Promise.all(checks)
      return prepared
    }),
  )
  const prepared = await looked.catch(async (error: unknown) => {
    // Where rights are missing, the look is refused as well, and only the rights are told. Who is out of reach is not asked again.
    if (error instanceof Failed && error.failures.every(({ code }) => code !== 'cluster-unreachable')) await checkRights()
    throw error
  })
  if (caller.needsRights(prepared)) await checkRights()
  const services = wanted.map(({ service }) => service)
  await Promise.all(
    prepared.map(async (one) => {
      await caller.judge(one, problems)
    }),
  )
  for (const one of prepared.filter(({ unchanged }) => !unchanged)) {
    problems.try(() => {
      const before = revisionBefore(one, mission)
      if (before !== undefined) ports.records.check(recordBefore(one, before, { mission, services, clock }))
      ports.records.check(recordOf(one, (one.newest?.sequence ?? 0) + 1, { source: mission.source }, { mission, services, clock }))
    })
  }
  problems.throwIfAny()
  return prepared
}

/** Asked once, by whoever first has something to write. */
function openRightsCheck(mission: Mission, wanted: readonly WantedService[], ports: TargetPorts): () => Promise<void> {
  let asked: Promise<void> | undefined
  return () => (asked ??= rights(mission, wanted, ports))
}

/** What may be done, and where: a namespace that is not there, or not to be seen, is told instead of every right in it. */
async function rights({ target }: Mission, wanted: readonly WantedService[], ports: TargetPorts): Promise<void> {
  const problems = new Problems()
  const { name, namespace, recordNamespace } = target
  const manifests = wanted.flatMap(({ workload, supporting }) => [workload, ...supporting])
  const kinds = new Map(manifests.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]))
  const [here, records, missing] = await Promise.all([
    ports.rights.namespace(namespace),
    ports.rights.namespace(recordNamespace),
    problems.tryAsync(() => ports.rights.missing([...kinds.values()])),
  ])
  const where = `target ${name}`
  if (here === 'absent') {
    problems.add({
      code: 'namespace-missing',
      what: `the namespace ${namespace} of the target ${name} does not exist`,
      why: 'namespaces are never created by a deploy',
      next: 'mend the target in the project file, or have the namespace created',
    })
  }
  if (here === 'hidden') {
    problems.add({ code: 'access-denied', what: `the role may not see the namespace ${namespace}`, where, why: 'it has no rights there, or there is no such namespace', next: granting('deploy') })
  }
  if (records !== 'there') {
    problems.add({
      code: 'record-namespace-missing',
      what: `the namespace ${recordNamespace} for the release records ${records === 'absent' ? 'does not exist' : 'may not be seen, or does not exist,'} in the target ${name}`,
      why: 'locks and records live there, where only deploy roles may write',
      next: 'make it once, with the rights of the deploy roles: `kubectl apply -f docs/rbac/records.yaml` of Slipway; docs/rights.md says to which group they belong',
    })
  }
  const told = new Set([...(here === 'there' ? [] : [namespace]), ...(records === 'there' ? [] : [recordNamespace])])
  for (const lack of missing ?? []) {
    if (told.has(lack.namespace)) continue
    problems.add({
      code: 'access-denied',
      what: `the role may not ${lack.right} in ${lack.namespace}`,
      where,
      why: 'the API server says so, asked by SelfSubjectAccessReview',
      next: granting(lack.namespace === recordNamespace ? 'records' : 'deploy'),
    })
  }
  problems.throwIfAny()
}
