/** The shop's place in the sandbox, in the names that its slipway.yml and its workflows use. */
export const shop = {
  repository: 'acme/shop',
  slipway: 'acme/slipway',
  account: '111122223333',
  region: 'eu-west-1',
  cluster: 'nonprod',
  environments: ['dev', 'integration', 'staging', 'demo'],
  recordNamespace: 'slipway',
  services: ['cart', 'catalog', 'web'],
  workflow: 'deploy.yml',
  rollbackWorkflow: 'rollback.yml',
  /** Who clicks. */
  actor: 'alice',
  /** Who is on call. */
  onCall: 'bob',
} as const

/** Where a service's images are kept. */
export const imageRepository = (service: string): string => `shop/${service}`
