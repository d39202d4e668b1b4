/** What a role wants to do where: deploy to a target, keep locks and records, or read a proof from them. */
export type RightsFor = 'deploy' | 'records' | 'read'

/** What to do where a role lacks a right: the file of ours that grants it, and the page that says how it is applied. */
export function granting(what: RightsFor): string {
  return `grant it to the group that the role is mapped to: \`kubectl apply -f docs/rbac/${what}.yaml\` of Slipway does; docs/rights.md says which group that is`
}
