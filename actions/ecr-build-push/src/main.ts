import { tokenAudience } from '@slipway/access'
import { tokenAhead } from '@slipway/action-host'

// GitHub takes its time for a token: it is asked for before the rest of the program is loaded.
const ahead = await tokenAhead(tokenAudience)
const { start } = await import('./action.ts')
await start(ahead)
