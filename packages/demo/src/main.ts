import { DispatchRefused, serveIdTokens, WorkflowFileError } from '@slipway/workflow-runner'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { wishOf, WrongArguments, type Wish } from './arguments.ts'
import type { Chapter } from './chapter.ts'
import { afterClick, beforeClick, conclusion, opening } from './narrate.ts'
import { pageOf } from './page.ts'
import { places } from './places.ts'
import { play, type Played } from './play.ts'
import { shellLines } from './serving.ts'
import { story } from './story.ts'
import { teller } from './telling.ts'
import { revisionsIn } from './records.ts'
import { whatRunsIn } from './where.ts'
import { speed, startWorld, type World } from './world.ts'

const checkout = join(import.meta.dirname, '..', '..', '..')

try {
  process.exitCode = await demo(wishOf(process.argv.slice(2)))
} catch (error) {
  const isTold = [WrongArguments, WorkflowFileError, DispatchRefused].some((kind) => error instanceof kind)
  const why = error instanceof Error ? ((isTold ? undefined : error.stack) ?? error.message) : String(error)
  process.stderr.write(`${why}\n`)
  process.exitCode = 1
}

/** Tells the story in a world of its own; gives the exit code. */
async function demo({ serve }: Wish): Promise<number> {
  const startedAt = performance.now()
  const stop = interruption()
  let chapter: Chapter | undefined
  const tell = teller(printLine, after, () => chapter?.isRed === true)
  const world = await startWorld({ slipway: checkout, shop: join(checkout, 'examples', 'shop'), onEvent: tell })
  try {
    opening(speed).forEach(printLine)
    const played = await clicks(world, stop, (next) => { chapter = next })
    if (stop.aborted) {
      printLine('Stopped.')
      return 130
    }
    const { kept, lines } = conclusion(played, story, performance.now() - startedAt)
    lines.forEach(printLine)
    const revisions = revisionsIn(world.clusters)
    const page = join(await mkdtemp(join(tmpdir(), 'slipway-demo-page-')), 'index.html')
    await writeFile(page, pageOf({ played, revisions, running: whatRunsIn(world.clusters, revisions), places, speed }))
    printLine(`What ran, and what runs where: ${pathToFileURL(page).href}`)
    if (serve) await stay(world, stop)
    return kept ? 0 : 1
  } finally {
    await world.close()
  }
}

/** The chapters, one after the other; a run that ends otherwise than meant ends the story, for what follows builds on it. */
async function clicks(world: World, stop: AbortSignal, begin: (chapter: Chapter) => void): Promise<Played[]> {
  const played: Played[] = []
  for (const [index, chapter] of story.entries()) {
    begin(chapter)
    beforeClick(chapter, index + 1).forEach(printLine)
    const one = await play(world, chapter, stop)
    if (stop.aborted) break
    played.push(one)
    afterClick(one).forEach(printLine)
    if ((one.run.conclusion === 'success') === (chapter.isRed === true)) break
  }
  return played
}

/** Leaves the sandbox running until Ctrl-C. */
async function stay(world: World, stop: AbortSignal): Promise<void> {
  printLine('\nThe sandbox stays. In another shell:\n')
  const idTokens = serveIdTokens((claims, audience) => world.sandbox.issueIdToken(claims, audience))
  const programs = { node: process.execPath, slipway: checkout, tokenScript: join(import.meta.dirname, 'token.ts') }
  for (const line of await shellLines(world, programs, idTokens)) printLine(line)
  printLine('\nCtrl-C ends it.')
  const alive = setInterval(() => undefined, 60_000)
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve()
    stop.addEventListener('abort', () => { resolve() })
  })
  clearInterval(alive)
  await idTokens.close()
}

/** Ctrl-C: the first one ends the story in order, a second one ends the process. */
function interruption(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { stop.abort() })
  return stop.signal
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

function after(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds)
  return () => { clearTimeout(timer) }
}
