import { openBed, type Bed } from './bed.ts'
import { down, isUp, up } from './up-down.ts'

/**
 * Brings the bed up, has the work done on it, and takes it down; a bed that stood before is left standing. `work` says
 * whether all went well: if not, or if it throws, the folder with the logs of all parts is printed, and this process ends
 * with 1. An interruption is for the processes of `work`, which get it as well: as they end, so does this.
 */
export async function withBed(work: (bed: Bed) => Promise<boolean>): Promise<void> {
  process.on('SIGINT', () => undefined)
  const bed = openBed()
  const stoodBefore = isUp(bed)
  let isWell = false
  try {
    await up(bed)
    isWell = await work(bed)
  } finally {
    if (!stoodBefore) await down(bed)
    if (!isWell) {
      console.error(`The logs of all parts are in ${bed.logs}`)
      process.exitCode = 1
    }
  }
}
