import type { Fault } from './server.ts'

/** An error that an AWS API answers. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** The effect of a scripted fault that answers like the JSON APIs of AWS, such as `awsFault('ThrottlingException', 'Rate exceeded')`. */
export function awsFault(code: string, message: string, status = 400): Exclude<Fault['effect'], string> {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ __type: code, message }) }
}
