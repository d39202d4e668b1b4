declare const brand: unique symbol
type Brand<Name extends string> = string & { readonly [brand]: Name }

/** `sha256:` and 64 hexadecimal digits. */
export type Digest = Brand<'Digest'>
/** An image tag, at most 128 characters. */
export type Tag = Brand<'Tag'>
/** An AWS region such as `eu-west-1`. */
export type Region = Brand<'Region'>
/** The twelve digits of an AWS account. */
export type AccountId = Brand<'AccountId'>
/** The name of an ECR repository, without its registry. */
export type RepositoryName = Brand<'RepositoryName'>
/** A service's name: a DNS label, at most 53 characters, so that names made from it stay legal. */
export type ServiceName = Brand<'ServiceName'>
/** A target's name: a DNS label. */
export type TargetName = Brand<'TargetName'>
/** An environment's name: a DNS label. */
export type EnvironmentName = Brand<'EnvironmentName'>
/** A Kubernetes namespace: a DNS label. */
export type Namespace = Brand<'Namespace'>

/** How one kind of name is recognised, and what to say of a text that is none. */
export interface NameRule<Name extends string> {
  readonly is: (text: string) => text is Name
  /** The rule in words, to end the sentence "… must be". */
  readonly rule: string
}

const dnsLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/
const repository = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/

export const digestRule: NameRule<Digest> = {
  is: (text): text is Digest => /^sha256:[0-9a-f]{64}$/.test(text),
  rule: '"sha256:" and 64 hexadecimal digits in lower case',
}
export const tagRule: NameRule<Tag> = {
  is: (text): text is Tag => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text),
  rule: '1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
}
export const regionRule: NameRule<Region> = {
  is: (text): text is Region => /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/.test(text),
  rule: 'the name of an AWS region, such as eu-west-1',
}
export const accountRule: NameRule<AccountId> = {
  is: (text): text is AccountId => /^\d{12}$/.test(text),
  rule: 'the twelve digits of an AWS account',
}
export const repositoryRule: NameRule<RepositoryName> = {
  is: (text): text is RepositoryName => text.length >= 2 && text.length <= 256 && repository.test(text),
  rule: '2 to 256 characters: words of lower-case letters and digits, joined by ".", "_", "-" or "/"',
}
export const serviceRule: NameRule<ServiceName> = {
  is: (text): text is ServiceName => text.length <= 53 && dnsLabel.test(text),
  rule: 'at most 53 lower-case letters, digits or "-", with a letter or digit at both ends',
}
export const targetRule: NameRule<TargetName> = { is: (text): text is TargetName => isLabel(text), rule: labelRule() }
export const environmentRule: NameRule<EnvironmentName> = {
  is: (text): text is EnvironmentName => isLabel(text),
  rule: labelRule(),
}
export const namespaceRule: NameRule<Namespace> = { is: (text): text is Namespace => isLabel(text), rule: labelRule() }

function isLabel(text: string): boolean {
  return text.length <= 63 && dnsLabel.test(text)
}

function labelRule(): string {
  return 'at most 63 lower-case letters, digits or "-", with a letter or digit at both ends'
}
