import type { AccountId, Region } from '@slipway/release'

/** The registry's host in image names. */
export function registryHost(account: AccountId, region: Region): string {
  return `${account}.dkr.ecr.${region}.${domainOf(region)}`
}

function domainOf(region: Region): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn'
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com'
}
