/** `node test/real/bed/main.ts up | down`: the test bed of this machine. Either can be said twice. */
import { openBed } from './bed.ts'
import { down, up } from './up-down.ts'

const bed = openBed()
switch (process.argv[2]) {
  case 'up':
    await up(bed)
    console.log(`Its logs are in ${bed.logs}`)
    break
  case 'down':
    await down(bed)
    break
  default:
    console.error('say up or down')
    process.exitCode = 1
}
