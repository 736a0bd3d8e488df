const { setup } = require('@sa11y/jest');

/** Gives component tests `await expect(element).toBeAccessible()`. */
setup();
