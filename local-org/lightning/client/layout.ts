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

/** What the UI API says of an object's icon: `…/standard/opportunity_120.png`. */
export interface ThemeInfo {
  readonly iconUrl: string;
}

/** Name of an object's icon for `lightning-icon`: `standard:opportunity`; that of custom objects until it is known. */
export const iconName = (theme: ThemeInfo | undefined): string => {
  const [, set = 'standard', name = 'custom'] = /([a-z]+)\/(\w+)_\d+\.png$/.exec(theme?.iconUrl ?? '') ?? [];
  return `${set}:${name}`;
};

/** The fields of a layout in reading order. */
export const fieldsOf = ({ sections }: Layout): { apiName: string; label: string }[] =>
  sections.flatMap(({ layoutRows }) =>
    layoutRows.flatMap(({ layoutItems }) =>
      layoutItems.flatMap(({ label, layoutComponents }) =>
        layoutComponents.flatMap(({ apiName }) => (apiName === null ? [] : { apiName, label })),
      ),
    ),
  );
