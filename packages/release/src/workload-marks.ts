/** What says on a live object whose it is, and on a workload which revision it runs. */
export const workloadMarks = {
  /** Label. */
  serviceLabel: 'slipway.dev/service',
  /** Annotation: the repository that the service belongs to. */
  repositoryAnnotation: 'slipway.dev/repository',
  /** Annotation of a workload: the number of its revision. */
  sequenceAnnotation: 'slipway.dev/sequence',
  /** Annotation of a workload: the release that its revision belongs to. */
  releaseAnnotation: 'slipway.dev/release',
} as const
