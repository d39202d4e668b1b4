import { mkdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { makeAuthority, makeServingCertificate } from './authority.ts'
import { fartherPorts, type Bed } from './bed.ts'
import { startDaemon } from './processes.ts'

/** How a cluster knows those who come with a role of AWS. */
export interface SignIn {
  /** The name in this bed. */
  readonly name: string
  /** The name that EKS knows the cluster by, which a token is made for. */
  readonly cluster: string
  /** Address of the STS that the tokens are presigned for. */
  readonly sts: string
  /** Groups in the cluster by the name of a role. */
  readonly accessEntries: Readonly<Record<string, readonly string[]>>
}

/** Starts the server that a cluster's API server asks who a token belongs to. It has to run before that, and asks STS only then. */
export async function startSignIn(bed: Bed, { name, cluster, sts, accessEntries }: SignIn): Promise<{ readonly url: string; readonly caFile: string }> {
  const folder = join(bed.run, 'sign-in')
  mkdirSync(folder, { recursive: true })
  const caFile = await makeAuthority(bed, folder, 'slipway-bed-sign-in')
  const { certificate, key } = await makeServingCertificate(bed, folder, 'server', ['IP:127.0.0.1'])
  const port = await bed.port(`${name}-sign-in`)
  const url = `https://127.0.0.1:${port}/`
  const fartherSts = `http://127.0.0.1:${await bed.port(fartherPorts.aws)}`
  const settings = { port, keyFile: key, certificateFile: certificate, sts, fartherSts, cluster, accessEntries }
  await startDaemon(bed, { name: `${name}-sign-in`, program: process.execPath, words: [join(import.meta.dirname, 'eks-sign-in.ts'), JSON.stringify(settings)], isReady: () => answers(url, readFileSync(caFile, 'utf8')) })
  return { url, caFile }
}

/** A review of no token is answered, too. */
function answers(url: string, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(url, { method: 'POST', ca }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('error', () => {
      resolve(false)
    })
    asked.end(JSON.stringify({ spec: { token: '' } }))
  })
}
