import type { IdTokens } from '@slipway/workflow-runner'
import { shop } from './shop.ts'
import type { World } from './world.ts'

/** The programs of this checkout that a shell can run. */
export interface Programs {
  /** The Node that runs the demo, as the bundles need it. */
  readonly node: string
  /** Slipway's own checkout. */
  readonly slipway: string
  /** Prints a bearer token for the cluster that its argument names. */
  readonly tokenScript: string
}

const environment = 'staging'

/** What a shell needs to speak with the sandbox and to run the actions in it, as lines to copy, and what can be done with it. */
export async function shellLines({ sandbox, cluster, repository }: World, programs: Programs, idTokens: IdTokens): Promise<string[]> {
  const job = (rest: string): ReturnType<IdTokens['open']> => idTokens.open({ sub: `repo:${shop.repository}:${rest}`, repository: shop.repository, job_workflow_ref: `${shop.slipway}/.github/workflows/deploy.yml@refs/heads/main` })
  const [deploys, builds] = await Promise.all([job(`environment:${environment}`), job('ref:refs/heads/main')])
  const cloud = { ...sandbox.environment(), ...sandbox.staticCredentials(), AWS_REGION: shop.region, CLUSTER: shop.cluster, KUBERNETES_URL: cluster.url, SHOP: repository.path, NODE: programs.node, SLIPWAY: programs.slipway }
  const run = {
    GITHUB_REPOSITORY: shop.repository,
    GITHUB_SHA: await repository.head(),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: repository.path,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: shop.actor,
    ACTIONS_ID_TOKEN_REQUEST_URL: deploys.url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: deploys.token,
    BUILD_JOB: builds.token,
    INPUT_SERVICES: 'all',
    INPUT_ENVIRONMENT: environment,
  }
  return [
    ...exported(cloud),
    `export PATH=${quoted(sandbox.binFolder)}:"$PATH"`,
    '',
    '# AWS_ENDPOINT_URL answers for ECR, EKS, STS and Secrets Manager; the key is an administrator\'s. docker is a stand-in that builds and pushes.',
    '# A bearer token for the cluster, good for 15 minutes (kubectl sends none over plain http, curl does):',
    `TOKEN=$("$NODE" ${quoted(programs.tokenScript)} "$CLUSTER")`,
    'curl -H "authorization: Bearer $TOKEN" "$KUBERNETES_URL/apis/apps/v1/namespaces/staging/deployments"',
    '',
    `# The actions, as jobs of ${shop.repository} run them; they need Node 24, which "$NODE" is. Roles are assumed with the token of a job in`,
    `# the environment ${environment}; images are built by a job of the branch main, whose token is "$BUILD_JOB".`,
    ...exported(run),
    'export GITHUB_RUN_ID=$(date +%s%3N) GITHUB_OUTPUT=$(mktemp) GITHUB_EVENT_PATH=$(mktemp)',
    // The checkout is the default branch: policy is read from it, and GitHub not asked.
    `echo '{"repository":{"default_branch":"main"}}' > "$GITHUB_EVENT_PATH"`,
    'cd "$SHOP"',
    'output() { grep -A1 "^$1<<" "$GITHUB_OUTPUT" | tail -n 1; }',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN="$BUILD_JOB" "$NODE" "$SLIPWAY/dist/ecr-build-push/index.js"',
    '"$NODE" "$SLIPWAY/dist/k8s-config-sync/index.js"',
    'INPUT_IMAGES=$(output images) INPUT_CONFIG=$(output config) "$NODE" "$SLIPWAY/dist/k8s-rollout/index.js"',
  ]
}

function exported(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
