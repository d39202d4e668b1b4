/** The shop in the sandbox, in the names that its slipway.yml and its workflows use. */
export const shop = {
  repository: 'acme/shop',
  slipway: 'acme/slipway',
  account: '111122223333',
  /** The home region: there images are pushed. */
  region: 'eu-west-1',
  regions: ['eu-west-1', 'us-east-1'],
  cluster: 'nonprod',
  recordNamespace: 'slipway',
  services: ['cart', 'catalog', 'web'],
  workflow: 'deploy.yml',
  rollbackWorkflow: 'rollback.yml',
  tagWorkflow: 'tag-release.yml',
  productionWorkflow: 'deploy-production.yml',
  /** Who clicks. */
  actor: 'alice',
  /** Who is on call. */
  onCall: 'bob',
  /** Who gives versions. */
  releaseManager: 'carol',
} as const

/** Where a service's images are kept. */
export const imageRepository = (service: string): string => `shop/${service}`
