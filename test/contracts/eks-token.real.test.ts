import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { signIn, type EksToken, type Session } from '@slipway/aws'
import * as v from 'valibot'
import { installAwsCli } from '../real/bed/aws-cli.ts'
import { openBed } from '../real/bed/bed.ts'
import { account, namespace, places, standing } from '../real/bed/up-down.ts'
import { regionOf } from './aws/served.ts'
import { eksTokenContract } from './eks-token.ts'

const bed = openBed()
const { environment, clusters } = standing(bed)
const aws = await installAwsCli(bed)
const credentialSchema = v.object({ status: v.object({ token: v.string(), expirationTimestamp: v.string() }) })

/** `aws eks get-token`, with the keys of the same session. What it prints is in no log. */
async function getToken(session: Session, cluster: string): Promise<EksToken> {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = await session.credentials()
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken }
  const { stdout } = await promisify(execFile)(aws, ['eks', 'get-token', '--cluster-name', cluster, '--region', session.region], { env: { PATH: process.env['PATH'], HOME: bed.run, ...environment, ...keys } })
  const { status } = v.parse(credentialSchema, JSON.parse(stdout))
  return { token: status.token, expiresAtMs: Date.parse(status.expirationTimestamp) }
}

eksTokenContract('kube-apiserver, whose token webhook asks STS', [{ name: 'aws eks get-token', make: getToken }], async () => ({
  session: await signIn({
    region: regionOf(places.eu.region),
    role: `arn:aws:iam::${account}:role/slipway-${namespace}`,
    sessionName: 'slipway-42-1',
    // Nobody looks at it.
    idToken: () => Promise.resolve('e30.e30.none'),
    environment,
    signal: new AbortController().signal,
  }),
  sts: environment['AWS_ENDPOINT_URL_STS'] ?? '',
  own: { ...clusters.eu, name: places.eu.cluster },
  other: { ...clusters.us, name: places.us.cluster },
  close: () => Promise.resolve(),
}))
