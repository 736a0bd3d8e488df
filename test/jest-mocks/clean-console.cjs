/** A component that makes the engine warn (duplicate keys, unknown properties) fails its test. */
let problems = [];

beforeEach(() => {
  problems = [];
  for (const level of ['error', 'warn']) {
    jest.spyOn(console, level).mockImplementation((...parts) => problems.push(`${level}: ${parts.join(' ')}`));
  }
});

afterEach(() => {
  expect(problems).toEqual([]);
});
