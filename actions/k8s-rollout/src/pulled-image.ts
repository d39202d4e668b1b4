import { registryHost } from '@slipway/access'
import type { Target } from '@slipway/project'
import type { AccountId, Images, ServiceName } from '@slipway/release'
import { list, type Problems } from '@slipway/report'
import type { PulledImage } from './settings.ts'

/** What was handed over for a service, pulled from the target's own region where it is there, else from its home. */
export function pulledImage(service: ServiceName, images: Images, target: Target, account: AccountId, problems: Problems): PulledImage | undefined {
  const image = images.get(service)
  if (image === undefined) {
    problems.add({
      code: 'handover-invalid',
      what: `the input "images" holds no image of ${service}`,
      why: `it holds ${images.size === 0 ? 'none' : list([...images.keys()])}`,
      next: 'give ecr-build-push and k8s-rollout the same services',
    })
    return undefined
  }
  const region = image.regions.find((one) => one === target.region) ?? image.regions[0] ?? target.region
  return { repository: image.repository, digest: image.digest, account, region, host: registryHost(account, region), sourceKey: image.sourceKey }
}
