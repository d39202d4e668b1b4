import { list, type Failure } from '@slipway/report'
import { objectText, textAt } from '@slipway/rollout'
import type { Delivery } from './delivery.ts'
import type { PreparedObject, PreparedService } from './prepare.ts'

export function unhealthy(one: PreparedService, delivery: Delivery, code: Failure['code'], why: string): Failure {
  const name = textAt(one.workload.manifest.object, 'metadata', 'name') ?? one.wanted.service
  return {
    code,
    what: `${one.wanted.service} did not become healthy in ${delivery.target.name}`,
    where: objectText(one.workload.manifest),
    why,
    next: `look at the pods with \`kubectl -n ${delivery.target.namespace} describe deployment ${name}\`; to go back, deploy the last good commit again`,
  }
}

export function superseded(service: string, delivery: Delivery, why: string): Failure {
  return {
    code: 'superseded',
    what: `the deploy of ${service} to ${delivery.target.name} was overtaken`,
    why,
    next: 'look at what runs now; deploy again if this run\'s content is still wanted',
  }
}

export function stopped(service: string, delivery: Delivery, waitingFor: string): Failure {
  return {
    code: 'cancelled',
    what: `the run was cancelled while ${service} was rolling out to ${delivery.target.name}`,
    why: `it still waited for ${waitingFor}; the rollout goes on in the cluster, unwatched`,
    next: 'deploy again: what is healthy by then is not written again',
  }
}

export function lockLost(what: string, delivery: Delivery): Failure {
  return {
    code: 'lock-lost',
    what: `${what} was not written to ${delivery.target.name}`,
    why: 'the lock could not be renewed for 10 s, so another run may hold it by now',
    next: 'deploy again once the API server answers',
  }
}

export function notTaken(object: PreparedObject, answer: { kind: 'owned'; owners: readonly { manager: string; field: string }[] } | { kind: 'refused'; why: string }, delivery: Delivery): Failure {
  return {
    code: answer.kind === 'owned' ? 'ownership-conflict' : 'cluster-refused',
    what: `the API server would not take ${objectText(object.manifest)}, which its dry run took`,
    where: delivery.target.name,
    why: answer.kind === 'owned' ? list(answer.owners.map(({ manager, field }) => `${field} belongs to ${manager}`)) : answer.why,
    next: 'deploy again: everything is checked anew',
  }
}
