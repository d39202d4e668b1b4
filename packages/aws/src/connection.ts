import type { Region } from '@slipway/release'
import type { NodeHttpHandler } from '@smithy/node-http-handler'

/** The variables of the run, as an argument. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A service as the variables AWS_ENDPOINT_URL_<SERVICE> name it. */
export type Service = 'ECR' | 'EKS' | 'SECRETS_MANAGER' | 'STS'

/** What every client is made with. */
export interface ClientSettings {
  readonly region: Region
  readonly requestHandler: NodeHttpHandler
  readonly maxAttempts: number
  readonly retryMode: 'standard'
  /** `auto` would ask the metadata service where it runs. */
  readonly defaultsMode: 'standard'
  readonly endpoint?: string
}

/** The one pool of connections that all clients of a session share. */
export interface Connection {
  readonly environment: Environment
  settings(service: Service, region: Region): Promise<ClientSettings>
}

const attempts: Readonly<Record<Service, number>> = { ECR: 10, EKS: 4, SECRETS_MANAGER: 6, STS: 4 }

/** Nothing is loaded and nothing connected before the first `settings`. */
export function openConnection(environment: Environment): Connection {
  let handler: Promise<NodeHttpHandler> | undefined
  return {
    environment,
    async settings(service, region) {
      handler ??= openHandler(environment)
      const endpoint = endpointOf(service, environment)
      return {
        region,
        requestHandler: await handler,
        maxAttempts: Number(environment['AWS_MAX_ATTEMPTS']) || attempts[service],
        retryMode: 'standard',
        defaultsMode: 'standard',
        ...(endpoint === undefined ? {} : { endpoint }),
      }
    },
  }
}

/** The SDK itself knows no proxy; Node's agents do. */
async function openHandler(environment: Environment): Promise<NodeHttpHandler> {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')])
  // Taken by name where it is imported, so that the bundle leaves out the one for HTTP/2.
  const { NodeHttpHandler } = await import('@smithy/node-http-handler')
  const agent = { keepAlive: true, proxyEnv: { ...environment } }
  return new NodeHttpHandler({
    httpAgent: new http.Agent(agent),
    httpsAgent: new https.Agent(agent),
    connectionTimeout: 5000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
  })
}

/** The endpoint that the variables name instead of the region's own. */
export function endpointOf(service: Service, environment: Environment): string | undefined {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return undefined
  return nonEmpty(environment[`AWS_ENDPOINT_URL_${service}`]) ?? nonEmpty(environment['AWS_ENDPOINT_URL'])
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
