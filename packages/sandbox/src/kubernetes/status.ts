import type { Json } from '../json.ts'
import { qualified, type Kind } from './kinds.ts'

/** A refusal, carrying the `Status` object that the API answers. */
export class Refusal extends Error {
  readonly status: Json
  readonly code: number

  constructor(code: number, reason: string | undefined, message: string, details?: Json) {
    super(message)
    this.code = code
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, ...(reason === undefined ? {} : { reason }), ...(details ? { details } : {}), code }
  }
}

/** One field that is wrong, for a 422. */
export interface Cause {
  readonly reason: 'FieldValueRequired' | 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueTooLong' | 'FieldValueNotSupported' | 'FieldValueNotFound' | 'NamespaceTerminating'
  readonly message: string
  readonly field: string
}

export const refuse = {
  unauthorized: () => new Refusal(401, 'Unauthorized', 'Unauthorized'),
  badRequest: (message: string) => new Refusal(400, 'BadRequest', message),
  noSuchPath: () => new Refusal(404, 'NotFound', 'the server could not find the requested resource', {}),
  notAllowed: () => new Refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {}),
  notFound: (kind: Kind, name: string) => new Refusal(404, 'NotFound', `${qualified(kind)} "${name}" not found`, about(kind, name)),
  alreadyExists: (kind: Kind, name: string) => new Refusal(409, 'AlreadyExists', `${qualified(kind)} "${name}" already exists`, about(kind, name)),
  conflict: (kind: Kind, name: string, why = 'the object has been modified; please apply your changes to the latest version and try again') =>
    new Refusal(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`, about(kind, name)),
  /** A DELETE whose precondition does not hold: here the API names the kind where it names the resource elsewhere. */
  precondition: ({ kind, group }: Kind, name: string, why: string) =>
    new Refusal(409, 'Conflict', `Operation cannot be fulfilled on ${kind}${group === '' ? '' : `.${group}`} "${name}": ${why}`, { name, ...(group === '' ? {} : { group }), kind }),
  forbidden: (kind: Kind, name: string | undefined, why: string, causes: readonly Cause[] = []) =>
    new Refusal(403, 'Forbidden', `${qualified(kind)}${name === undefined ? '' : ` "${name}"`} is forbidden: ${why}`, { ...about(kind, name), ...(causes.length === 0 ? {} : { causes }) }),
  expired: (asked: number, oldest: number) => new Refusal(410, 'Expired', `too old resource version: ${asked} (${oldest})`),
  expiredPage: () =>
    new Refusal(410, 'Expired', 'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.'),
  tooLarge: () => new Refusal(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728'),
  mediaType: (accepted: string) => new Refusal(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${accepted}`),
  invalid(kind: Pick<Kind, 'kind' | 'group'>, name: string, causes: readonly Cause[]): Refusal {
    const told = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))]
    const text = told.length === 1 ? told.join() : `[${told.join(', ')}]`
    return new Refusal(422, 'Invalid', `${kind.kind}${kind.group === '' ? '' : `.${kind.group}`} "${name}" is invalid: ${text}`, { name, ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.kind, causes })
  },
  /** The API has no reason for this one: it is no kind of error that it foresees. */
  untyped: (message: string) => new Refusal(500, undefined, message),
}

function about(kind: Kind, name: string | undefined): Json {
  return { ...(name === undefined ? {} : { name }), ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.plural }
}
