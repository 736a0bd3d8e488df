import { existsSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const lwc = existsSync(new URL('./config/eslint/lwc.mjs', import.meta.url))
  ? (await import('./config/eslint/lwc.mjs')).default
  : [];

/** Folders that must stay pure: what they know comes in as an argument. */
const PURE = ['scripts/{model,compile,plan,metadata,matching,people}/**/*.ts', 'scripts/render/**/*.ts'];
/** The rims of those folders: the one file each that reads or writes for the rest. */
const RIMS = [
  'scripts/model/load-model.ts',
  'scripts/model/write-json-schema.ts',
  'scripts/compile/{main,write-project}.ts',
  'scripts/**/dev/**/*.ts',
];
const IO = [
  'node:fs',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:net',
  'node:child_process',
  'node:sqlite',
].map((name) => ({
  name,
  message: 'This folder is pure: leave input and output to its rim.',
}));

export default defineConfig([
  {
    ignores: [
      'dist/**',
      'coverage/**',
      'node_modules/**',
      '.waterfall/**',
      '.local-org/**',
      '**/staticresources/**',
      '**/*.generated.*',
      'test/fixtures/**',
    ],
  },
  {
    files: ['{scripts,local-org,test,bin,bench}/**/*.ts'],
    ignores: ['local-org/lightning/client/**'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Fields of a record are written as keys where their names come from Salesforce: row['StageName'].
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // With noUncheckedIndexedAccess a `!` behind an index is how the code says that the index is in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['scripts/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['**/local-org/**'], message: 'Between scripts and the local org there is only HTTP.' }],
        },
      ],
    },
  },
  {
    files: PURE,
    ignores: RIMS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: IO,
          patterns: [{ group: ['**/local-org/**'], message: 'Between scripts and the local org there is only HTTP.' }],
        },
      ],
    },
  },
  {
    files: ['local-org/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/scripts/**'],
              message: 'The local org stands in for Salesforce: it knows nothing of the product.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // node:test's describe and test return promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              name: ['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach'],
              package: 'node:test',
            },
          ],
        },
      ],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    ignores: ['force-app/**'],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  ...lwc,
]);
