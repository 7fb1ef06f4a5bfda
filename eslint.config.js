import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** The environment is read in one place, so that every setting is checked at the start and can be listed. */
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read settings in src/platform/configuration.ts.',
}

const jobsDoor = { name: 'pg-boss', message: 'Jobs go through enqueue() of src/platform/jobs.ts.' }

export default tseslint.config(
  { ignores: ['node_modules/', 'tmp/', '.peelian/', 'docs/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: testFunctions() }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'lib', name: ['URL', 'URLSearchParams', 'Error'] }] },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Functions of an interface are often asynchronous in one implementation and not in another.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'tests/**/*.ts'],
    ignores: ['src/platform/configuration.ts', 'tests/**'],
    rules: { 'no-restricted-syntax': ['error', environment] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/platform/jobs.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [jobsDoor] }] },
  },
  {
    files: ['src/platform/web/browser/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'window', 'localStorage', 'fetch', 'URLSearchParams', 'setTimeout', 'clearTimeout'].map(name => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['bin/*.mjs', '*.js', '.dependency-cruiser.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
  },
)

/** What `node:test` returns need not be waited for. */
function testFunctions() {
  return ['describe', 'it', 'test', 'before', 'after', 'beforeEach', 'afterEach'].map(name => ({
    from: 'package',
    name,
    package: 'node:test',
  }))
}
