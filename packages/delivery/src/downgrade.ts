import { highest, versionRule, type RecordHead, type Version } from '@slipway/release'
import { Problems } from '@slipway/report'
import type { Delivery } from './delivery.ts'
import type { PreparedService } from './prepare.ts'

const next = 'deploy the newer one; to go back, run rollback, which restores the configuration as well; to deploy this all the same, give the input "allow-downgrade": true'

/**
 * Refuses to put something older in the place of what runs, where the delivery has a history to know it by. What would
 * change nothing is no downgrade; what was put back counts as what it was.
 */
export async function refuseDowngrade({ wanted: { service }, running, restored, unchanged }: PreparedService, { version, history, source, target }: Delivery, problems: Problems): Promise<void> {
  if (history === undefined || running === undefined || unchanged) return
  const [newest, ours] = [newestVersion(restored === undefined ? [running] : [running, restored]), version !== undefined && versionRule.is(version) ? version : undefined]
  if (newest !== undefined && ours !== undefined && highest([newest, ours]) !== ours) {
    problems.add({ code: 'downgrade', what: `${service} runs ${newest} in ${target.name}, and ${ours} is older`, why: 'an older version is deployed only where that is said', next })
    return
  }
  const { commit, ref, run } = running.source
  // What ran before an adoption is of no known commit.
  if (commit === '') return
  const unanswered = new Problems()
  const isBefore = await unanswered.tryAsync(() => history.isBefore(commit))
  // Several services that wait for one answer are told of it once.
  for (const failure of unanswered.all) if (!problems.all.includes(failure)) problems.add(failure)
  if (isBefore !== false) return
  problems.add({
    code: 'downgrade',
    what: `what runs of ${service} in ${target.name} is not contained in what is deployed`,
    why: `revision ${running.sequence}${newest === undefined ? '' : `, ${newest},`} is from the commit ${commit.slice(0, 12)} of ${ref} (${run}), which does not come before ${source.commit.slice(0, 12)}, or is in the repository no more`,
    next,
  })
}

function newestVersion(heads: readonly RecordHead[]): Version | undefined {
  return highest(heads.flatMap(({ versions }) => versions.flatMap((version) => (versionRule.is(version) ? [version] : []))))
}
