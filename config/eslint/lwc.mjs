import lwcRecommendedTs from '@salesforce/eslint-config-lwc/recommended-ts.js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const root = new URL('../..', import.meta.url).pathname;

/** Rules of plain JavaScript that TypeScript itself does better, and import rules that cannot resolve the platform's modules. */
const DONE_BY_TYPESCRIPT = Object.fromEntries(
  [
    'no-undef',
    'no-unused-vars',
    'no-shadow',
    'no-use-before-define',
    'no-useless-constructor',
    'dot-notation',
    'no-confusing-arrow',
    'consistent-return',
    'import/named',
    'import/namespace',
    'import/default',
    'import/no-unresolved',
  ].map((rule) => [rule, 'off']),
);

const TYPED = {
  'no-void': ['error', { allowAsStatement: true }],
  'max-lines': ['error', { max: 400 }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  // A template shows `false` as nothing and reads getters only: constants of a class are getters.
  '@typescript-eslint/class-literal-property-style': 'off',
};

/** Lightning components, their tests, and the components of the local org's pages. */
export default defineConfig([
  {
    files: ['force-app/**/lwc/**/*.ts'],
    extends: [lwcRecommendedTs, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parser: tseslint.parser,
      globals: globals.browser,
      parserOptions: { project: './tsconfig.lwc-test.json', tsconfigRootDir: root },
    },
    rules: { ...DONE_BY_TYPESCRIPT, ...TYPED },
  },
  {
    // As long as the model has stages.
    files: ['force-app/waterfall/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['force-app/**/__tests__/**/*.ts'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: {
      '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off',
      '@lwc/lwc/no-async-operation': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['local-org/lightning/client/**/*.ts'],
    extends: [lwcRecommendedTs, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parser: tseslint.parser,
      globals: globals.browser,
      parserOptions: { project: './local-org/lightning/client/tsconfig.json', tsconfigRootDir: root },
    },
    rules: {
      ...DONE_BY_TYPESCRIPT,
      ...TYPED,
      // These modules are what stands behind the platform's own names.
      '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off',
      '@lwc/lwc/no-disallowed-lwc-imports': 'off',
      '@lwc/lwc/no-unknown-wire-adapters': 'off',
      '@lwc/lwc/no-document-query': 'off',
      'no-restricted-globals': 'off',
      'vars-on-top': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { ...globals.node, ...globals.jest }, sourceType: 'commonjs' },
  },
  {
    files: ['types/**/*.d.ts', 'test/jest-mocks/**/*.d.ts'],
    extends: [tseslint.configs.base],
  },
]);
