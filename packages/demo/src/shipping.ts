import { environment, type Chapter } from './chapter.ts'
import { builds, healthy, leavesImages, restartsOnly, succeeds, synced, writesNothing } from './promises.ts'
import { shop } from './shop.ts'

const all = shop.services
const but = (service: string): string[] => all.filter((each) => each !== service)

/** Four clicks on the same button, all of which go well. */
export const shipping: readonly Chapter[] = [
  {
    title: 'A click ships the shop',
    text: `Alice opens "Run workflow", picks the environment ${environment} and all services. Nothing runs there yet. Three images are built and pushed, the configuration is put into the cluster, and the manifests are applied and followed until every pod is ready.`,
    promises: [succeeds, builds(all), synced(environment, all), healthy(environment, all), restartsOnly(environment, all, [])],
  },
  {
    title: 'The same click again',
    text: 'Nothing has changed since. So nothing is built and nothing is written, anywhere: the servers count it.',
    promises: [succeeds, builds([]), writesNothing, healthy(environment, all), restartsOnly(environment, [], all)],
  },
  {
    title: 'A change of one configuration file',
    text: 'Alice changes one line in the configuration of cart, commits it and clicks. The service that reads the file restarts with it; the images are the same.',
    commits: [{ message: 'Cart: wait longer for the database', edits: [{ file: 'config/cart/cart.env', edit: (text) => text.replace(/^DB_TIMEOUT_MS=1000$/m, 'DB_TIMEOUT_MS=1500') }] }],
    promises: [succeeds, builds([]), leavesImages, synced(environment, all), healthy(environment, all), restartsOnly(environment, ['cart'], but('cart'))],
  },
  {
    title: "A change of one service's code",
    text: 'Alice changes a line of code in catalog, commits it and clicks. One image is built, the others are found by their content and reused.',
    commits: [{ message: 'Catalog: say what is not there', edits: [{ file: 'services/catalog/src/server.js', edit: (text) => text.replace("'there is nothing here'", "'the shop has no such product'") }] }],
    promises: [succeeds, builds(['catalog']), healthy(environment, all), restartsOnly(environment, ['catalog'], but('catalog'))],
  },
]
