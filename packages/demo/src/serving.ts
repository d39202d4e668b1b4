import { shop } from './shop.ts'
import type { World } from './world.ts'

/** What a shell needs to speak with the sandbox, as lines to copy into it, and what can be done with it. */
export function shellLines({ sandbox, cluster, repository }: World, tokenCommand: readonly string[]): string[] {
  const variables = { ...sandbox.environment(), ...sandbox.staticCredentials(), AWS_REGION: shop.region, CLUSTER: shop.cluster, KUBERNETES_URL: cluster.url, SHOP: repository.path }
  return [
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `export PATH=${quoted(sandbox.binFolder)}:"$PATH"`,
    '',
    '# AWS_ENDPOINT_URL answers for ECR, EKS, STS and Secrets Manager; the key is an administrator\'s. docker is a stand-in that builds and pushes.',
    '# A bearer token for the cluster, good for 15 minutes (kubectl sends none over plain http, curl does):',
    `TOKEN=$(${tokenCommand.map(quoted).join(' ')} "$CLUSTER")`,
    'curl -H "authorization: Bearer $TOKEN" "$KUBERNETES_URL/apis/apps/v1/namespaces/staging/deployments"',
  ]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
