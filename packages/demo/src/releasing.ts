import { environment, type Chapter, type Click } from './chapter.ts'
import { builds, healthy, restartsOnly, succeeds, writesNothing } from './promises.ts'
import { blocksEverywhere, follows, isTagged, startsProduction, takesWhatRuns, tellsPartial, versionsOf } from './regions.ts'
import type { Edit } from './shop-repository.ts'
import { shop } from './shop.ts'
import { failsWith, namesTheBlock, putBack, undone } from './troubles.ts'

const all = shop.services
const but = (service: string): string[] => all.filter((each) => each !== service)
const [eu, us] = ['production/eu', 'production/us']
const { onCall, releaseManager } = shop
const reason = 'no carts in us'
const tagging: Click = { workflow: shop.tagWorkflow, inputs: {}, actor: releaseManager }

const sorted: Edit = { file: 'services/cart/src/carts.js', edit: (text) => text.replace('quantity: Number(flat[2 * index + 1]) }))', 'quantity: Number(flat[2 * index + 1]) })).sort((one, other) => (one.sku < other.sku ? -1 : 1))') }
const patient: Edit = { file: 'config/production/cart/cart.env', edit: () => '# Production has more carts than the others, and its database is busier.\nDB_TIMEOUT_MS=2000\n' }
const morePatient: Edit = { file: 'config/production/us/cart/cart.env', edit: () => '# The database of us is the busiest.\nDB_TIMEOUT_MS=2,500\n' }

/** A version goes to production in two regions; the next one is bad in one of them, and is taken back. */
export const releasing: readonly Chapter[] = [
  {
    title: 'A commit gets its version',
    text: 'Carol is to release what staging runs. She opens the workflow Tag a release. There is no version yet, so this one is v1.0.0: a tag and a release with notes. On GitHub a tag that is made with a job\'s own token starts nothing; so the workflow asks for the production run itself, and sees to it that there is one.',
    click: tagging,
    promises: [succeeds, isTagged('v1.0.0'), startsProduction('v1.0.0'), restartsOnly(environment, [], all)],
  },
  {
    title: 'v1.0.0 goes to production, in two regions',
    text: 'The run that was asked for. Nothing is built: the records of staging say which image of these very sources is proven healthy there, and this one is taken. (Then GitHub would wait for an approval; this runner has none.) Both regions are checked before the first of them is touched. eu comes first, and us follows when eu is healthy.',
    click: 'started',
    promises: [succeeds, takesWhatRuns(environment, [eu, us]), healthy(eu, all), healthy(us, all), follows('us', 'eu')],
  },
  {
    title: 'The next version is tried on staging',
    text: 'Alice sorts the lines of a cart, and gives production more time for its database: 2000 ms, and in us, where the database is the busiest, 2,500 (with a comma, which cart does not take for a number). She clicks Deploy. Staging has another file, so all is well there.',
    commits: [
      { message: 'feat: the lines of a cart are sorted', edits: [sorted] },
      { message: 'fix: production waits longer for the database', edits: [patient, morePatient] },
    ],
    promises: [succeeds, builds(['cart']), healthy(environment, all), restartsOnly(environment, ['cart'], but('cart'))],
  },
  {
    title: 'v1.1.0',
    text: 'Carol clicks. One of the commits since v1.0.0 brings something new (feat), so the next version is v1.1.0.',
    click: tagging,
    promises: [succeeds, isTagged('v1.1.0'), startsProduction('v1.1.0')],
  },
  {
    title: 'A version that is bad in one region only',
    text: 'In eu the new cart is healthy. In us it reads its own time-out, and ends: the last good release is put back there, and eu is left as it is. The run is red, and says what runs where.',
    click: 'started',
    isRed: true,
    promises: [failsWith('container-crashed'), tellsPartial, takesWhatRuns(environment, [eu]), healthy(eu, all), putBack(us, 'cart'), healthy(us, all), versionsOf('cart', { [eu]: '1.1.0', [us]: '1.0.0' })],
  },
  {
    title: 'One click takes it back everywhere',
    text: 'Two regions that run two versions are not what Bob wants to watch over. He opens the workflow Rollback, picks production, and names v1.1.0. eu goes back; us has gone back by itself, and nothing is written to its workloads. What is bad is blocked in both.',
    click: { workflow: shop.rollbackWorkflow, inputs: { environment: 'production', of: 'v1.1.0', reason }, actor: onCall },
    promises: [succeeds, undone(eu, 'cart'), blocksEverywhere('cart', '1.1.0', [eu, us], onCall, reason), versionsOf('cart', { [eu]: '1.0.0', [us]: '1.0.0' }), healthy(eu, all), restartsOnly(eu, ['cart'], but('cart'))],
  },
  {
    title: 'The bad version is deployed again',
    text: 'Carol has not heard of it. She opens the workflow Deploy to production and picks the tag v1.1.0. It is refused before anything is written in any region, with who blocked it, when and why.',
    click: { workflow: shop.productionWorkflow, inputs: { services: 'all' }, actor: releaseManager, ref: 'v1.1.0' },
    isRed: true,
    promises: [failsWith('blocked'), namesTheBlock(eu, 'cart'), writesNothing, restartsOnly(eu, [], all)],
  },
]
