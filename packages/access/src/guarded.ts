import { ApiError } from '@slipway/kubernetes'
import { Failed } from '@slipway/report'
import { TransportError } from '@slipway/wire'

/** A port whose refusals and lost replies, where nobody expected them, are failures that say what to do. */
export function guarded<Port extends object>(port: Port, cluster: string, role = 'the deploy role'): Port {
  const rethrow = (error: unknown): never => {
    throw failed(error, cluster, role)
  }
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (typeof member !== 'function') return member
      return (...given: unknown[]): unknown => {
        try {
          const answer: unknown = Reflect.apply(member, target, given)
          return answer instanceof Promise ? answer.catch(rethrow) : answer
        } catch (error) {
          return rethrow(error)
        }
      }
    },
  })
}

function failed(error: unknown, cluster: string, role: string): unknown {
  if (error instanceof ApiError) {
    return new Failed({
      code: error.status === 403 ? 'access-denied' : 'cluster-refused',
      what: `the API server of ${cluster} refused a request`,
      why: error.message,
      next: error.status === 403 ? `grant it to the group or user that ${role} is mapped to (docs/rights.md of Slipway has the files), and start the run again` : 'start the run again; if it is refused again, ask the owner of the cluster',
    })
  }
  if (!(error instanceof TransportError)) return error
  return new Failed({
    code: 'cluster-unreachable',
    what: `the API server of ${cluster} did not answer`,
    why: error.message,
    next: 'start the run again once it answers: what this one left is settled first',
  })
}
