import type { Problems } from '@slipway/report'
import { refuseBlocked } from './blocked.ts'
import type { Delivery } from './delivery.ts'
import { refuseDowngrade } from './downgrade.ts'
import type { PreparedService } from './prepare.ts'

/** What speaks against deploying a service besides what the server says: asked before the lock, and again behind it. */
export async function judge(one: PreparedService, delivery: Delivery, problems: Problems): Promise<void> {
  refuseBlocked(one, delivery, problems)
  await refuseDowngrade(one, delivery, problems)
}
