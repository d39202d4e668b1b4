import tseslint from 'typescript-eslint'

const pure = ['report', 'release', 'project', 'rollout'].map((name) => `packages/${name}/src/**/*.ts`)
const notInPure = ['process', 'Date', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'performance', 'console', 'Buffer']

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '**/*.js', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': ['error', ...notInPure.map((name) => ({ name, message: 'A pure package takes facts as arguments.' }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'A pure package takes randomness as an argument.' }],
    },
  },
)
