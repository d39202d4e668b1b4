import { openHttp, systemClock } from '@slipway/wire'
import { openCopier } from '../src/copy.ts'
import { digest, name } from './names.ts'

// Copies one image in a process of its own, and prints the most memory that it was seen to have, in bytes. The system's
// own count of the most begins with what the parent had.
let most = 0
const looking = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 5)
const [fromUrl = '', toUrl = '', username = '', password = '', image = '', repository = ''] = process.argv.slice(2)
const http = openHttp({ environment: {} })
const copier = openCopier({ name: 'home', url: fromUrl, username, password }, { name: 'other', url: toUrl, username, password }, { http, clock: systemClock, signal: new AbortController().signal, random: Math.random, onWait: () => undefined })
await copier.copy(digest(image), name(repository), name(repository), () => undefined)
await http.close()
clearInterval(looking)
process.stdout.write(String(most))
