import { Problems } from '@slipway/report'
import type { Clock } from '@slipway/wire'
import type { Delivery } from './delivery.ts'
import type { TargetPorts } from './ports.ts'
import { prepare, type PreparedService } from './prepare.ts'
import { recordOf } from './record.ts'

/**
 * Makes every check that needs no write, for all services of a target.
 * @throws Failed with every problem found: namespaces, rights, images, ownership, what the server would refuse.
 */
export async function preflight(delivery: Delivery, ports: TargetPorts, clock: Clock): Promise<readonly PreparedService[]> {
  const problems = new Problems()
  await Promise.all([namespaces(delivery, ports, problems), rights(delivery, ports, problems)])
  problems.throwIfAny()
  const [prepared] = await Promise.all([
    Promise.all(delivery.services.map((wanted) => prepare(wanted, delivery.source.repository, delivery.target.name, ports, problems))),
    images(delivery, ports, problems),
  ])
  for (const one of prepared) {
    problems.try(() => {
      ports.records.check(recordOf(one, (one.newest?.sequence ?? 0) + 1, delivery, clock))
    })
  }
  problems.throwIfAny()
  return prepared
}

async function namespaces(delivery: Delivery, ports: TargetPorts, problems: Problems): Promise<void> {
  const { name, namespace, recordNamespace } = delivery.target
  const absent = await ports.rights.absentNamespaces([namespace, recordNamespace])
  if (absent.includes(namespace)) {
    problems.add({
      code: 'namespace-missing',
      what: `the namespace ${namespace} of the target ${name} does not exist`,
      why: 'namespaces are never created by a deploy',
      next: 'mend the target in the project file, or have the namespace created',
    })
  }
  if (absent.includes(recordNamespace)) {
    problems.add({
      code: 'record-namespace-missing',
      what: `the namespace ${recordNamespace} for the release records does not exist in the target ${name}`,
      why: 'locks and records live there, where only deploy roles may write',
      next: `create it once: \`kubectl create namespace ${recordNamespace}\`, and let only the deploy role write to it`,
    })
  }
}

async function rights(delivery: Delivery, ports: TargetPorts, problems: Problems): Promise<void> {
  for (const right of await ports.rights.missing()) {
    problems.add({
      code: 'access-denied',
      what: `the role may not ${right}`,
      where: `target ${delivery.target.name}`,
      why: 'the API server says so, asked by SelfSubjectAccessReview',
      next: 'grant it to the group or user that the deploy role is mapped to',
    })
  }
}

async function images(delivery: Delivery, ports: TargetPorts, problems: Problems): Promise<void> {
  const wanted = new Map(delivery.services.flatMap((service) => Object.entries(service.images)))
  await Promise.all(
    [...wanted].map(async ([repository, digest]) => {
      if (await ports.images.has(repository, digest)) return
      problems.add({
        code: 'image-missing',
        what: `${repository}@${digest} is not in the registry that the target ${delivery.target.name} pulls from`,
        why: 'the pods could not be started',
        next: 'push or copy the image there first; ecr-build-push does',
      })
    }),
  )
}
