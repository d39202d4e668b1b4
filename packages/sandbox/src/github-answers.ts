import { createHash } from 'node:crypto'
import type { Commit, GitHubRepository, GitObject, Release, TagObject, WorkflowRun } from './github-repository.ts'
import type { Json } from './json.ts'

/** The answers of GitHub's REST API as its OpenAPI description has them, as far as an action reads them. */
export interface Answers {
  ref(name: string, object: GitObject): Json
  tag(object: TagObject): Json
  commit(commit: Commit): Json
  files(paths: readonly string[]): Json[]
  file(path: string, ref: string, text: string): Json
  release(release: Release): Json
  workflow(file: string): Json
  run(run: WorkflowRun): Json
}

/** The answers about one repository of the server at `url`. */
export function answersOf({ name, workflows }: GitHubRepository, url: string): Answers {
  const api = `${url}/repos/${name}`
  const html = `https://github.example/${name}`
  const node = (kind: string, id: string | number): string => Buffer.from(`${kind}:${id}`).toString('base64')
  return {
    ref: (ref, { sha, type }) => ({ ref, node_id: node('Ref', ref), url: `${api}/git/${ref}`, object: { sha, type, url: `${api}/git/${type}s/${sha}` } }),
    tag: ({ sha, tag, message, commit }) => ({
      node_id: node('Tag', sha),
      sha,
      url: `${api}/git/tags/${sha}`,
      tag,
      message,
      tagger: { name: 'alice', email: 'alice@example.com', date: '2026-01-01T00:00:00Z' },
      object: { sha: commit, type: 'commit', url: `${api}/git/commits/${commit}` },
    }),
    commit: ({ sha, parents, message, date }) => ({
      sha,
      node_id: node('Commit', sha),
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
      comments_url: `${api}/commits/${sha}/comments`,
      commit: {
        url: `${api}/git/commits/${sha}`,
        message,
        author: { name: 'Alice', email: 'alice@example.com', date },
        committer: { name: 'Alice', email: 'alice@example.com', date },
        comment_count: 0,
        tree: { sha, url: `${api}/git/trees/${sha}` },
      },
      author: null,
      committer: null,
      parents: parents.map((parent) => ({ sha: parent, url: `${api}/commits/${parent}`, html_url: `${html}/commit/${parent}` })),
    }),
    files: (paths) => paths.map((filename) => ({ sha: null, filename, status: 'modified', additions: 1, deletions: 1, changes: 2, blob_url: `${html}/blob/${filename}`, raw_url: `${html}/raw/${filename}`, contents_url: `${api}/contents/${filename}` })),
    file: (path, ref, text) => {
      const bytes = Buffer.from(text)
      const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
      const links = { self: `${api}/contents/${path}?ref=${ref}`, git: `${api}/git/blobs/${sha}`, html: `${html}/blob/${ref}/${path}` }
      return {
        type: 'file',
        encoding: 'base64',
        size: bytes.length,
        name: path.split('/').at(-1) ?? path,
        path,
        // In lines of 60, each with its end.
        content: bytes.toString('base64').replace(/.{1,60}/g, '$&\n'),
        sha,
        url: links.self,
        git_url: links.git,
        html_url: links.html,
        download_url: `${html}/raw/${ref}/${path}`,
        _links: links,
      }
    },
    release: ({ id, tag, name: title, body, draft, prerelease }) => ({
      id,
      node_id: node('Release', id),
      url: `${api}/releases/${id}`,
      html_url: draft ? `${html}/releases/tag/untagged-${id}` : `${html}/releases/tag/${tag}`,
      assets_url: `${api}/releases/${id}/assets`,
      upload_url: `${api}/releases/${id}/assets{?name,label}`,
      tarball_url: null,
      zipball_url: null,
      tag_name: tag,
      target_commitish: 'main',
      name: title,
      body,
      draft,
      prerelease,
      created_at: '2026-01-01T00:00:00Z',
      published_at: draft ? null : '2026-01-01T00:00:00Z',
      assets: [],
    }),
    workflow: (file) => ({
      id: 1,
      node_id: node('Workflow', file),
      name: file,
      path: `.github/workflows/${file}`,
      state: workflows.get(file)?.disabled === true ? 'disabled_manually' : 'active',
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      url: `${api}/actions/workflows/1`,
      html_url: `${html}/blob/main/.github/workflows/${file}`,
      badge_url: `${html}/workflows/${file}/badge.svg`,
    }),
    run: ({ id, file, event, branch, sha }) => ({
      id,
      node_id: node('WorkflowRun', id),
      head_branch: branch,
      head_sha: sha,
      path: `.github/workflows/${file}`,
      run_number: id,
      display_title: file,
      event,
      status: 'queued',
      conclusion: null,
      workflow_id: 1,
      url: `${api}/actions/runs/${id}`,
      html_url: `${html}/actions/runs/${id}`,
      ...Object.fromEntries(['jobs', 'logs', 'check_suite', 'cancel', 'rerun', 'artifacts', 'workflow'].map((part) => [`${part}_url`, `${api}/actions/runs/${id}/${part}`])),
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      head_commit: null,
      pull_requests: [],
    }),
  }
}
