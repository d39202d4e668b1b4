import type { Seen } from './chain.ts'

/** What is seen of the chain where every right is there. */
export const usual: readonly Seen[] = [
  { step: 'build', told: ['0 changed'] },
  { step: 'config', told: ['0 changed', 'secretsmanager:BatchGetSecretValue'] },
  { step: 'rollout', told: ['0 changed'] },
  { step: 'config again', told: ['0 changed'] },
  { step: 'a rollout that fails', told: ['1 rolled-back', 'warning', 'container-crashed', 'log', 'hidden', 'node', 'events', 'brought: '] },
  { step: 'a rollout that is regretted', told: ['0 changed'] },
  { step: 'rollback', told: ['0 rolled-back'] },
  { step: 'list', told: ['0 unchanged'] },
  { step: 'proof', told: ['0 unchanged', 'the same: true'] },
]
