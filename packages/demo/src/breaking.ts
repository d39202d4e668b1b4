import type { RunResult } from '@slipway/workflow-runner'
import { environment, type Chapter, type Click } from './chapter.ts'
import { builds, healthy, leavesImages, restartsOnly, succeeds, writesNothing } from './promises.ts'
import type { Edit } from './shop-repository.ts'
import { shop } from './shop.ts'
import { blocked, failsWith, leavesUndecided, lists, logWithoutSecrets, namesTheBlock, putBack, settles, startsNoBuild, undone, verdictWithin, waitsForTheDead } from './troubles.ts'
import { databaseUser, speed } from './world.ts'

const all = shop.services
const but = (service: string): string[] => all.filter((each) => each !== service)
const { onCall } = shop
const reason = 'prices are ten times too low'
const rollback = (inputs: Click['inputs']): Click => ({ workflow: shop.rollbackWorkflow, inputs: { environment, ...inputs }, actor: onCall })

const cartServer = 'services/cart/src/server.js'
const newCarts = 'const carts = new Carts(valkey, settings)'
const openCarts = "const { host, username, password } = settings.db\nlog('info', 'connecting', { db: `rediss://${username}:${password}@${host}` })\nconst carts = await Carts.open(valkey, settings)"
const crashes: Edit = { file: cartServer, edit: (text) => text.split(newCarts).join(openCarts) }
const crashesNoMore: Edit = { file: cartServer, edit: (text) => text.split(openCarts).join(newCarts) }

const catalogServer = 'services/catalog/src/server.js'
const page = 'products.slice((page - 1) * pageSize, page * pageSize)'
const inEuros = (cents: number): string => `${page}.map((one) => ({ ...one, euros: one.cents / ${cents} }))`
const wrongPrices: Edit = { file: catalogServer, edit: (text) => text.split(page).join(inEuros(1000)) }
const rightPrices: Edit = { file: catalogServer, edit: (text) => text.split(inEuros(1000)).join(inEuros(100)) }
const largerPages: Edit = { file: `config/${environment}/catalog/catalog.properties`, edit: (text) => text.replace(/^page\.size=2$/m, 'page.size=3') }

/** What happens when things go wrong: a version that crashes, one that is wrong, a runner that dies; and what ran. */
export const breaking: readonly Chapter[] = [
  {
    title: 'A version that crashes when it starts',
    text: 'Alice calls a function that does not exist, and logs where the database is, with user and password. The run knows why it fails as soon as the cluster does, shows the last log lines without user and password, and puts the last good content back: the run is red, and the shop goes on. (kubectl rollout status would have waited for the progress deadline: 600 s, unless the manifest says otherwise; here it says 90.)',
    commits: [{ message: 'Cart: open the carts at the start, and say where', edits: [crashes] }],
    life: ({ password }) => ({
      crash: {
        afterMs: 1500,
        exitCode: 1,
        log: [
          `{"time":"2026-01-05T13:00:00.000Z","severity":"info","message":"connecting","db":"rediss://${databaseUser}:${password}@cart-db.${environment}.shop.internal"}`,
          'file:///app/src/server.js:13',
          'const carts = await Carts.open(valkey, settings)',
          '                          ^',
          'TypeError: Carts.open is not a function',
          '    at file:///app/src/server.js:13:27',
        ],
      },
    }),
    isRed: true,
    promises: [failsWith('container-crashed'), verdictWithin('cart', 10, speed), logWithoutSecrets(/"message":"connecting"/), putBack(environment, 'cart'), healthy(environment, all)],
  },
  {
    title: 'A version that starts, and is wrong',
    text: 'Alice takes that back; the image of before is found and reused. Then she makes prices wrong, in a commit that changes a configuration file, too. Every pod is healthy, so the run is green.',
    commits: [
      { message: 'Cart: open no carts at the start', edits: [crashesNoMore] },
      { message: 'Catalog: prices in euros, and larger pages', edits: [wrongPrices, largerPages] },
    ],
    promises: [succeeds, builds(['catalog']), healthy(environment, all), restartsOnly(environment, ['catalog'], but('catalog'))],
  },
  {
    title: 'A click takes it back',
    text: `A customer calls. Bob, who is on call, opens the workflow Rollback, picks ${environment} and writes why. What the newest release changed goes back as it was, image and configuration together, and what was bad is blocked. Nothing is built: the records in the cluster know what was there.`,
    click: rollback({ reason }),
    promises: [succeeds, undone(environment, 'catalog'), blocked(environment, 'catalog', onCall, reason), leavesImages, healthy(environment, all), restartsOnly(environment, ['catalog'], but('catalog'))],
  },
  {
    title: 'The bad commit is deployed again',
    text: 'Alice has not heard of it and clicks Deploy. Her commit is refused before anything is built or written, with who blocked it, when and why.',
    isRed: true,
    promises: [failsWith('blocked'), namesTheBlock(environment, 'catalog'), startsNoBuild, writesNothing, restartsOnly(environment, [], all)],
  },
  {
    title: 'The runner dies in the middle of a rollout',
    text: 'Alice mends the prices, commits and clicks. Right after catalog was written, the runner\'s machine dies (SIGKILL to everything that runs in the job): nobody follows the pods, and nobody gives the lock back.',
    commits: [{ message: 'Catalog: a euro has 100 cents', edits: [rightPrices] }],
    isRed: true,
    diesAt: /^\[catalog\] written: /,
    promises: [leavesUndecided(environment, 'catalog'), builds(['catalog'])],
  },
  {
    title: 'The next click puts it right',
    text: 'Alice clicks again. A lock that has not been renewed for 15 s belongs to a dead run; these seconds are real. Then what the dead run left is followed to its verdict, before anything else is done.',
    promises: [succeeds, waitsForTheDead('catalog'), settles(environment, 'catalog'), builds([]), healthy(environment, all)],
  },
  {
    title: 'What ran',
    text: 'Bob opens the workflow Rollback and ticks "list". It reads the records in the cluster and changes nothing.',
    click: rollback({ list: true }),
    shows: listing,
    promises: [succeeds, lists(environment), writesNothing],
  },
]

/** The tables that the action rollback prints, after what the runner says of the step. */
function listing({ jobs }: RunResult): string[] {
  const lines = jobs.flatMap(({ steps }) => steps.find(({ name }) => name === 'Roll back')?.lines ?? [])
  return lines.slice(lines.indexOf('##[endgroup]') + 1)
}
