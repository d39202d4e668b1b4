import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

// Loaded before a bundle: at its end it notes the most memory that the process ever held, in kB.
const [, entry = ''] = process.argv
if (basename(entry) === 'index.js') {
  process.on('exit', () => {
    const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''
    writeFileSync(join(process.env.BENCH_PEAKS, basename(dirname(entry))), peak)
  })
}
