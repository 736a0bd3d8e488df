/** What a deploy or rollback tells whoever watches it. */
export type Progress =
  | { readonly kind: 'phase'; readonly text: string }
  | { readonly kind: 'components'; readonly done: number; readonly total: number }
  | { readonly kind: 'step'; readonly id: string; readonly outcome: string }
  | { readonly kind: 'warning'; readonly text: string };

export type Watcher = (progress: Progress) => void;
