import { list, type Failure } from '@slipway/report'
import { objectText, type Cause } from '@slipway/rollout'
import type { Mission } from './delivery.ts'
import type { PreparedObject } from './prepare.ts'

export function unhealthy(service: string, { code, object, container, reason, why, next }: Cause, { target }: Mission): Failure {
  return {
    code,
    what: `${service} did not become healthy in ${target.name}`,
    where: `${object.kind} ${object.name}${container === undefined ? '' : `, container ${container}`}, ${reason}`,
    why: why.replace(/\s+/g, ' ').trim(),
    next,
  }
}

export function superseded(service: string, { target }: Mission, why: string): Failure {
  return {
    code: 'superseded',
    what: `the deploy of ${service} to ${target.name} was overtaken`,
    why,
    next: 'look at what runs now; deploy again if this run\'s content is still wanted',
  }
}

export function stopped(service: string, { target }: Mission, stands: string): Failure {
  return {
    code: 'cancelled',
    what: `the run was cancelled while ${service} was rolling out to ${target.name}`,
    why: stands,
    next: 'deploy again: what is healthy by then is not written again',
  }
}

export function lockLost(what: string, { target }: Mission, oustedBy: string | undefined): Failure {
  return {
    code: oustedBy === undefined ? 'lock-lost' : 'superseded',
    what: `${what} was not written to ${target.name}`,
    why: oustedBy === undefined ? 'the lock could not be renewed for 10 s, so another run may hold it by now' : `the run ${oustedBy} has taken the lock`,
    next: oustedBy === undefined ? 'deploy again once the API server answers' : 'look at what runs now; deploy again if this run\'s content is still wanted',
  }
}

export function notTaken(object: PreparedObject, answer: { kind: 'owned'; owners: readonly { manager: string; field: string }[] } | { kind: 'refused'; why: string }, { target }: Mission): Failure {
  return {
    code: answer.kind === 'owned' ? 'ownership-conflict' : 'cluster-refused',
    what: `the API server would not take ${objectText(object.manifest)}, which its dry run took`,
    where: target.name,
    why: answer.kind === 'owned' ? list(answer.owners.map(({ manager, field }) => `${field} belongs to ${manager}`)) : answer.why,
    next: 'deploy again: everything is checked anew',
  }
}
