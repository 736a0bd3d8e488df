const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

/** Component tests, run from TypeScript by `sfdx-lwc-jest`. A .cjs file because the package is of type module. */
module.exports = {
  ...jestConfig,
  testMatch: ['<rootDir>/force-app/**/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.local-org', '<rootDir>/local-org'],
  setupFiles: ['<rootDir>/test/jest-mocks/custom-labels.cjs'],
  setupFilesAfterEnv: [
    ...jestConfig.setupFilesAfterEnv,
    '<rootDir>/test/jest-mocks/accessibility.cjs',
    '<rootDir>/test/jest-mocks/clean-console.cjs',
  ],
  collectCoverageFrom: ['force-app/main/default/lwc/**/*.ts', '!**/__tests__/**'],
  coverageDirectory: 'coverage/lwc',
};
