let runs = 0

/** What tells a run of a workflow from every other: its number, and a commit of its own. */
export function nextRun(): Record<string, string> {
  runs += 1
  return { GITHUB_RUN_ID: `${Date.now()}`, GITHUB_SHA: String(runs).padStart(40, '0') }
}
