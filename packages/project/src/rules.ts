import type { NameRule } from '@slipway/release'
import { unsafePath } from './texts.ts'

/** The ARN of an IAM role. */
export const roleRule: NameRule<string> = {
  is: (text): text is string => /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(text),
  rule: 'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deploy',
}

/** The name of an EKS cluster. */
export const clusterRule: NameRule<string> = {
  is: (text): text is string => /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(text),
  rule: 'the name of an EKS cluster: at most 100 letters, digits, "-" or "_"',
}

/** A declared name of a ConfigMap or Secret: it becomes a label, and with "-" and ten digits of a hash the object's name. */
export const configNameRule: NameRule<string> = {
  is: (text): text is string => text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text),
  rule: 'at most 63 lower-case letters, digits, "-" or ".", with a letter or digit at both ends of each part',
}

/** The name of a variable that a project file may set. */
export const variableRule: NameRule<string> = {
  is: (text): text is string => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !text.startsWith('SLIPWAY_'),
  rule: 'letters, digits and "_", not beginning with a digit, nor with SLIPWAY_, which is for the built-in ones',
}

/** A key of a ConfigMap or Secret. */
export const configKeyRule: NameRule<string> = {
  is: (text): text is string => text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && !text.startsWith('..'),
  rule: 'at most 253 letters, digits, "-", "_" or ".", not "." and not beginning with ".."',
}

/** The type of a Secret. */
export const secretTypeRule: NameRule<string> = {
  is: (text): text is string => /^[A-Za-z0-9](?:[-A-Za-z0-9_./]{0,251}[A-Za-z0-9])?$/.test(text),
  rule: 'a type of Secret, such as Opaque or kubernetes.io/tls',
}

/** Where a policy that several repositories share stands: in another repository at a branch, tag or commit, or in the workspace. */
export const extendsRule: NameRule<string> = {
  is: (text): text is string => sharedPolicy(text) !== undefined || (!text.includes('//') && !text.includes('@') && unsafePath(text) === undefined),
  rule: 'a file of another repository, such as acme/platform//environments.yml@main, or a path inside the workspace',
}

/** The parts of `owner/name//path@ref`; undefined where the text is none. */
export function sharedPolicy(text: string): { readonly repository: string; readonly path: string; readonly ref: string } | undefined {
  const [, repository = '', path = '', ref = ''] = /^([A-Za-z0-9][\w.-]*\/[\w.-]+)\/\/([^@]+)@(.+)$/.exec(text) ?? []
  return repository !== '' && unsafePath(path) === undefined && branchRule.is(ref) ? { repository, path, ref } : undefined
}

/** The name of a branch, a tag or a commit, as far as it can do no harm in a request. */
export const branchRule: NameRule<string> = {
  is: (text): text is string => /^[A-Za-z0-9_][\w./+#-]{0,243}$/.test(text) && !text.includes('..') && !text.endsWith('/') && !text.endsWith('.lock'),
  rule: 'the name of a branch, a tag or a commit',
}
