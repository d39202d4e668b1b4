import { governedProject, openProofPlaces, policySource } from '@slipway/access'
import { checkedOutAt, runIdentity, type Host } from '@slipway/action-host'
import { findProof } from '@slipway/delivery'
import type { ProofPorts } from './proven.ts'
import type { Settings } from './settings.ts'

/** What a proof reaches: the checkout, the policy, and the records of the required environment. */
export function proofPorts(host: Host, { requires, token }: Settings): Omit<ProofPorts, 'say'> {
  const { workspace, repository } = host.run
  const source = { ...policySource(host), token: token.text }
  return {
    checkout: { workspace, platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`, umask: umaskOfProcess() },
    checkedOut: async () => (await checkedOutAt(workspace, workspace))?.commit,
    project: () => governedProject(requires?.projectFile ?? '', source),
    async findProof(wishes, required) {
      const { environment, clock, work } = host
      const open = await openProofPlaces(required, { sessionName: runIdentity(host.run).sessionName, idToken: (audience, meanwhile) => host.idToken(audience, meanwhile), environment, clock, signal: work, onWait: source.onWait })
      try {
        return await findProof(wishes, { environment: required.name, repository }, open.places)
      } finally {
        await open.close()
      }
    },
  }
}

/** It can only be read by setting it, which nothing may do beside this. */
function umaskOfProcess(): number {
  const umask = process.umask(0o022)
  process.umask(umask)
  return umask
}
