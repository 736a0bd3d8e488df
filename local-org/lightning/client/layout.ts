/** Layouts as the UI API gives them, reduced to what the pages read. */
export interface LayoutItem {
  readonly label: string;
  readonly editableForUpdate: boolean;
  readonly required: boolean;
  readonly layoutComponents: readonly { readonly apiName: string | null; readonly componentType: string }[];
}
export interface LayoutSection {
  readonly id: string;
  readonly heading: string;
  readonly useHeading: boolean;
  readonly columns: number;
  readonly layoutRows: readonly { readonly layoutItems: readonly LayoutItem[] }[];
}
export interface Layout {
  readonly sections: readonly LayoutSection[];
}

/** The fields of a layout in reading order. */
export const fieldsOf = ({ sections }: Layout): { apiName: string; label: string }[] =>
  sections.flatMap(({ layoutRows }) =>
    layoutRows.flatMap(({ layoutItems }) =>
      layoutItems.flatMap(({ label, layoutComponents }) =>
        layoutComponents.flatMap(({ apiName }) => (apiName === null ? [] : { apiName, label })),
      ),
    ),
  );
