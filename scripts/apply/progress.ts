/** What a deploy or rollback tells whoever watches it. */
export type Progress =
  | { readonly kind: 'phase'; readonly text: string }
  | { readonly kind: 'components'; readonly done: number; readonly total: number }
  /** Steps that one deployment did together, by type and outcome. */
  | { readonly kind: 'steps'; readonly type: string; readonly outcome: string; readonly names: readonly string[] }
  | { readonly kind: 'step'; readonly id: string; readonly outcome: string }
  | { readonly kind: 'warning'; readonly text: string };

export type Watcher = (progress: Progress) => void;

/** Tells of many steps at once, in as many lines as there are types and outcomes. */
export function watchSteps(done: readonly { readonly step: string; readonly outcome: string }[], watch: Watcher): void {
  const groups = Map.groupBy(done, ({ step, outcome }) => `${outcome}:${step.slice(0, step.indexOf(':'))}`);
  for (const [key, steps] of groups) {
    const [outcome, type] = key.split(':') as [string, string];
    watch({ kind: 'steps', type, outcome, names: steps.map(({ step }) => step.slice(step.indexOf(':') + 1)) });
  }
}
