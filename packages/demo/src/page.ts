import type { Annotation, JobResult, RunResult, StepResult } from '@slipway/workflow-runner'
import { writesOf } from './counted.ts'
import { boardHtml } from './board.ts'
import { endingOf } from './ending.ts'
import { historyHtml } from './history.ts'
import { html, type Html, type Piece } from './html.ts'
import { summaryHtml } from './markdown.ts'
import type { Place } from './places.ts'
import type { Played } from './play.ts'
import type { Revision } from './records.ts'
import { spansOf, type Span } from './rollouts.ts'
import { style } from './style.ts'
import type { Running } from './where.ts'
import { count, seconds } from './words.ts'

/** What the page shows. */
export interface PageContent {
  readonly played: readonly Played[]
  readonly running: readonly Running[]
  /** The newest first, by place and service. */
  readonly revisions: readonly Revision[]
  /** Every place, in the order of the page. */
  readonly places: readonly Place[]
  /** The factor of the pods' lives. */
  readonly speed: number
}

/** One HTML file that needs nothing else, and no script. Everything that came from outside is escaped. */
export function pageOf({ played, running, revisions, places, speed }: PageContent): string {
  const broken = played.flatMap(({ findings }) => findings).filter(({ kept }) => !kept).length
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Slipway: a click ships the shop</title>
<style>${{ html: style }}</style>
</head>
<body>
<header>
<h1>A click ships the shop</h1>
<p class="lead ${broken === 0 ? 'good' : 'bad'}">${broken === 0 ? 'Every promise was kept.' : `${count(broken, 'promise')} broken.`}</p>
<p>${count(played.length, 'click')} on four buttons, in a sandbox on this machine. The workflow files and the actions are the real ones; pods live ${speed} times faster than real ones.</p>
</header>
<main>
${glanceHtml(played)}
${played.map(chapterHtml)}
<section>
<h2 id="where">What runs where</h2>
${boardHtml(running, places)}
<h3>In detail</h3>
${runningHtml(running)}
</section>
<section>
<h2 id="history">What ran: every revision, from the records in the cluster</h2>
${historyHtml(revisions, running)}
</section>
</main>
</body>
</html>
`.html
}

function glanceHtml(played: readonly Played[]): Html {
  return html`<div class="wide"><table>
<thead><tr><th>click</th><th>run</th><th>promises kept</th><th class="amount">time</th><th class="amount">reads</th><th class="amount">writes</th></tr></thead>
<tbody>
${played.map((one, index) => glanceRow(one, index + 1))}</tbody>
</table></div>
<p><a href="#where">What runs where</a>, and <a href="#history">what ran</a></p>`
}

function glanceRow(one: Played, number: number): Html {
  const { chapter, run, counts, findings } = one
  return html`<tr><td>${number}. <a href="#click-${number}">${chapter.title}</a></td><td>${endingHtml(one)}</td><td>${findings.filter(({ kept }) => kept).length} of ${chapter.promises.length}</td><td class="amount">${seconds(run.milliseconds)}</td><td class="amount">${counts.reduce((sum, { reads }) => sum + reads, 0)}</td><td class="amount">${writesOf(counts)}</td></tr>\n`
}

function endingHtml(one: Played): Html {
  const { colour, text } = endingOf(one)
  return html`<span class="ending ${colour}">${text}</span>`
}

function chapterHtml(one: Played, index: number): Html {
  const { chapter, run, counts, moments, findings } = one
  return html`<section>
<h2 id="click-${index + 1}"><span class="number">${index + 1}</span> ${chapter.title} ${endingHtml(one)}</h2>
<p>${chapter.text}</p>
${(chapter.commits ?? []).map(({ message, edits }) => html`<p class="change">Commit: <q>${message}</q> in ${edits.map(({ file }, at) => html`${at > 0 ? ' and ' : ''}<code>${file}</code>`)}</p>\n`)}
<ul class="promises">
${chapter.promises.map(({ says }, at) => html`<li class="${findings[at]?.kept === true ? 'good' : 'bad'}"><strong>${says}</strong> <span class="seen">${findings[at]?.seen ?? 'was not looked at'}</span></li>\n`)}</ul>
<h3>${run.workflow} #${run.number} ${badge(run.conclusion)} <small>${seconds(run.milliseconds)}, ${run.actor} on ${run.ref.replace(/^refs\/(heads|tags)\//, '')} at <code>${run.sha.slice(0, 7)}</code></small></h3>
${timelineHtml(spansOf(moments, run.milliseconds), run.milliseconds)}
${run.jobs.map((job) => jobHtml(job, run))}
<h4>What the servers counted</h4>
<div class="wide"><table>
<thead><tr><th>server</th><th class="amount">reads</th><th class="amount">writes</th><th>what was written</th></tr></thead>
<tbody>
${counts.map(({ server, reads, writes, wrote }) => html`<tr><td>${server}</td><td class="amount">${reads}</td><td class="amount">${writes}</td><td>${wrote.join(', ')}</td></tr>\n`)}</tbody>
</table></div>
</section>
`
}

/** The run from its start to its end, a row for each thing that happened to a service. */
function timelineHtml(spans: readonly Span[], wholeMs: number): Html | string {
  if (spans.length === 0) return ''
  const whole = Math.max(1, wholeMs, ...spans.map(({ toMs }) => toMs))
  const share = (milliseconds: number): string => ((milliseconds / whole) * 100).toFixed(2)
  const words = { waiting: '', healthy: ': healthy', failed: ': failed', left: ': the run ended before a verdict' }
  return html`<ol class="timeline">
${spans.map(({ service, kind, text, fromMs, toMs }) => html`<li><span class="what">${service} <small>${text}${words[kind]}, ${seconds(toMs - fromMs)}</small></span><span class="track"><span class="span ${kind}" style="margin-left: ${share(fromMs)}%; width: ${share(toMs - fromMs)}%" title="from ${seconds(fromMs)} to ${seconds(toMs)}"></span></span></li>\n`)}</ol>`
}

function jobHtml(job: JobResult, run: RunResult): Html {
  const first = Math.min(...run.jobs.map(({ startedAt }) => startedAt))
  const whole = Math.max(1, ...run.jobs.map(({ startedAt, milliseconds }) => startedAt + milliseconds - first))
  const share = (milliseconds: number): string => ((milliseconds / whole) * 100).toFixed(2)
  return html`<article class="job">
<h4>${badge(job.conclusion)} ${job.name} <small>${job.environment ? html`environment ${job.environment.name}, ` : ''}${seconds(job.milliseconds)}</small></h4>
<div class="bar"><span style="margin-left: ${share(job.startedAt - first)}%; width: ${share(job.milliseconds)}%"></span></div>
${job.steps.length > 0 ? html`<ol class="steps">\n${job.steps.map(stepHtml)}</ol>` : ''}
${job.annotations.map(annotationHtml)}
${job.summary.trim() === '' ? '' : html`<div class="summary wide">${summaryHtml(job.summary)}</div>`}
</article>
`
}

function stepHtml({ name, conclusion, milliseconds, lines }: StepResult): Html {
  const head = html`${badge(conclusion)} ${name} <small>${seconds(milliseconds)}</small>`
  return lines.length === 0 ? html`<li>${head}</li>\n` : html`<li><details><summary>${head}</summary><pre>${lines.join('\n')}</pre></details></li>\n`
}

function annotationHtml({ level, title, message, file, line }: Annotation): Html {
  return html`<p class="annotation ${level}"><strong>${title ?? level}</strong> ${message}${file === undefined ? '' : html` <code>${file}${line === undefined ? '' : `:${line}`}</code>`}</p>\n`
}

function runningHtml(running: readonly Running[]): Html {
  const cells = (one: Running): Piece[] => [
    one.place,
    one.service,
    `${one.revision}${one.verdict === '' ? '' : ` (${one.verdict})`}`,
    html`<code>${one.image}</code>`,
    one.configuration.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`),
    one.pods,
    html`${one.since}${one.commit === '' ? '' : html`, <code>${one.commit.slice(0, 7)}</code> by ${one.actor}`}`,
  ]
  return html`<div class="wide"><table>
<thead><tr>${['where', 'service', 'revision', 'image', 'configuration', 'pods', 'since'].map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>
${running.map((one) => html`<tr>${cells(one).map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`
}

function badge(conclusion: RunResult['conclusion']): Html {
  return html`<span class="badge ${conclusion}" role="img" aria-label="${conclusion}" title="${conclusion}">${{ success: '✓', failure: '✗', cancelled: '■', skipped: '–' }[conclusion]}</span>`
}
