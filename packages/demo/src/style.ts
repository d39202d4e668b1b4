/** How the page looks, by day and by night. */
export const style = `
:root { --text: #1f2328; --soft: #59636e; --ground: #fff; --raised: #f6f8fa; --line: #d1d9e0; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --accent: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --soft: #9198a1; --ground: #0d1117; --raised: #161b22; --line: #3d444d; --good: #3fb950; --bad: #f85149; --warn: #d29922; --accent: #58a6ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 68rem; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--ground); }
h1 { font-size: 2rem; margin: 0 0 .25rem; }
h2 { margin: 3rem 0 .5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
h4 { margin: 1rem 0 .35rem; font-size: 1rem; }
small, .seen, .change { color: var(--soft); font-weight: normal; font-size: .875rem; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
code { padding: .1em .3em; border-radius: 4px; background: var(--raised); overflow-wrap: anywhere; }
pre { margin: .35rem 0; padding: .75rem; max-height: 30rem; overflow: auto; border-radius: 6px; background: var(--raised); border: 1px solid var(--line); }
pre code { padding: 0; background: none; }
a { color: var(--accent); }
.lead { font-size: 1.2rem; margin: 0; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.number { color: var(--soft); }
.promises { list-style: none; padding: 0; }
.promises li { margin: .3rem 0; padding-left: 1.6rem; text-indent: -1.6rem; }
.promises li::before { content: '✓'; display: inline-block; width: 1.6rem; text-indent: 0; }
.promises li.bad::before { content: '✗'; }
.promises strong { color: var(--text); }
.seen { display: block; text-indent: 0; }
.job { margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
.job h4 { margin-top: 0; }
.bar { height: 6px; border-radius: 3px; background: var(--raised); overflow: hidden; }
.bar span { display: block; height: 100%; min-width: 2px; border-radius: 3px; background: var(--accent); }
.ending { font-size: .875rem; font-weight: normal; white-space: nowrap; }
.ending::before { content: '●'; margin-right: .35em; }
.ending.killed { color: var(--warn); }
h2 .ending, .ending.bad, .ending.killed { padding: .1em .6em; border: 1px solid currentColor; border-radius: 1em; }
.timeline { list-style: none; margin: .5rem 0 1rem; padding: 0; }
.timeline li { margin: .35rem 0; }
.timeline .what, .timeline .track, .timeline .span { display: block; }
.timeline .track { height: 10px; border-radius: 5px; background: var(--raised); overflow: hidden; }
.timeline .span { height: 100%; min-width: 3px; border-radius: 5px; background: var(--good); }
.timeline .failed { background: var(--bad); }
.timeline .waiting { background: var(--line); }
.timeline .left { background: repeating-linear-gradient(45deg, var(--warn) 0 6px, transparent 6px 9px); }
tr.blocked, tr.failed { background: color-mix(in srgb, var(--bad) 10%, transparent); }
.steps { list-style: none; margin: .5rem 0; padding: 0; }
.steps summary { cursor: pointer; }
.badge { display: inline-block; width: 1.2em; text-align: center; color: var(--soft); }
.badge.success { color: var(--good); }
.badge.failure, .badge.cancelled { color: var(--bad); }
.annotation { margin: .4rem 0; padding: .4rem .75rem; border-left: 4px solid var(--accent); background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere; }
.annotation.warning { border-color: var(--warn); }
.annotation.error { border-color: var(--bad); }
.summary { margin-top: .75rem; padding-top: .25rem; border-top: 1px dashed var(--line); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .3rem .75rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--raised); }
.board td { min-width: 8rem; color: var(--soft); }
.board td.bad { outline: 2px solid var(--bad); outline-offset: -2px; }
.amount { text-align: right; font-variant-numeric: tabular-nums; }
`
