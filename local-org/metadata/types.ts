/** One stored component, as the org would give it back on retrieve. */
export interface StoredComponent {
  readonly type: string;
  /** As in package.xml. */
  readonly fullName: string;
  readonly id: string;
  /** Path inside a metadata-format zip: `objects/Opportunity.object`, `flows/Waterfall_Renewal.flow`. */
  readonly fileName: string;
  /**
   * The component's elements in the shape of `@salesforce/types/metadata`: arrays where the type has arrays, booleans and numbers
   * converted. Types the local org does not model keep their source text in `raw` instead.
   */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Files stored beside it: a Lightning component's .js and .html, a static resource's content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
  readonly createdById: string;
  readonly lastModifiedById: string;
}

/** Read access to the org's metadata, for schema and automation. Children are components of their own (`CustomField`). */
export interface MetadataReader {
  get(type: string, fullName: string): StoredComponent | undefined;
  ofType(type: string): readonly StoredComponent[];
}

/** Why a component was refused, in the platform's words. */
export interface DeployProblem {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: string;
  readonly problemType: 'Error' | 'Warning';
  readonly line?: number;
  readonly column?: number;
}
