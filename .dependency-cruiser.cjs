/**
 * Who may import whom. The table is the project's architecture: a line says what a package may see of ours,
 * `npm` which registry packages live there and nowhere else.
 */
const table = {
  report: [],
  release: ['report'],
  project: ['release', 'report'],
  rollout: ['release', 'report'],
  wire: ['report'],
  aws: ['wire', 'report', 'release'],
  images: ['wire', 'report', 'release'],
  github: ['wire', 'report', 'release'],
  'action-host': ['wire', 'report', 'release'],
  kubernetes: ['wire', 'report', 'release', 'rollout'],
  delivery: ['release', 'project', 'rollout', 'report', 'wire'],
  // Policy is read from the checkout and from GitHub: two adapters, joined here for every action with a project file.
  access: ['aws', 'kubernetes', 'images', 'github', 'action-host', 'project', 'release', 'report', 'rollout', 'delivery', 'wire'],
  sandbox: [],
  'workflow-runner': [],
  demo: ['sandbox', 'workflow-runner'],
}
const development = ['sandbox', 'workflow-runner', 'demo']
const pure = ['report', 'release', 'project', 'rollout']
const homes = {
  '^@actions/(core|exec|cache)$': 'action-host',
  '^@actions/(workflow-parser|expressions)$': 'workflow-runner',
  '^@actions/github$': 'github',
  '^@(aws-sdk|smithy|aws-crypto)/': 'aws',
  '^undici$': 'wire',
  '^(@balena/dockerignore|dockerfile-ast)$': 'images',
}
const packages = Object.keys(table)
const any = (names) => (names.length > 0 ? `(${names.join('|')})` : '(?!)')

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...packages.map((name) => ({
      name: `${name}-imports-only-its-table`,
      severity: 'error',
      from: { path: `^packages/${name}/src/` },
      to: { path: '^(packages|actions)/', pathNot: `^packages/${any([name, ...table[name]])}/` },
    })),
    {
      name: 'delivery-takes-only-types-of-wire',
      severity: 'error',
      from: { path: '^packages/delivery/src/' },
      to: { path: '^packages/wire/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'access-takes-only-types-of-delivery',
      severity: 'error',
      from: { path: '^packages/access/src/' },
      to: { path: '^packages/delivery/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-action-imports-another',
      severity: 'error',
      from: { path: '^actions/([^/]+)/' },
      to: { path: '^actions/', pathNot: '^actions/$1/' },
    },
    {
      name: 'nothing-past-a-package-index',
      severity: 'error',
      from: { path: '^(packages|actions)/([^/]+)/' },
      to: { path: '^packages/[^/]+/', pathNot: ['^packages/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
    {
      name: 'products-do-not-import-development',
      severity: 'error',
      from: { path: `^(actions/[^/]+/src|packages/(?!${any(development)}/)[^/]+/src)/` },
      to: { path: `^packages/${any(development)}/` },
    },
    {
      name: 'pure-packages-use-only-node-crypto',
      severity: 'error',
      from: { path: `^packages/${any(pure)}/src/` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    ...Object.entries(homes).map(([modules, home]) => ({
      name: `only-${home}-imports-${modules.replace(/[^a-z-]/g, '')}`,
      severity: 'error',
      from: { path: '^(packages|actions)/[^/]+/src/', pathNot: `^packages/${home}/` },
      to: { path: `node_modules/${modules.replace(/^\^/, '').replace(/\$$/, '')}${modules.endsWith('$') ? '/' : ''}` },
    })),
    {
      name: 'only-action-host-spawns',
      severity: 'error',
      from: { path: '^(packages|actions)/[^/]+/src/', pathNot: `^packages/${any(['action-host', ...development])}/` },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'no-development-dependency-in-products',
      severity: 'error',
      from: { path: `^(actions/[^/]+/src|packages/(?!${any(development)}/)[^/]+/src)/` },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
}
