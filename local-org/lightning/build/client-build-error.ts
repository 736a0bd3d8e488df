/** The pages' code could not be built; `problems` are readable, one per line. */
export class ClientBuildError extends Error {
  override readonly name = 'ClientBuildError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The Lightning pages cannot be built:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}
