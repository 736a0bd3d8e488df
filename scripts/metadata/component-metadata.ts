/**
 * A metadata type as this project writes it: arrays that are empty are left out (the declarations make every array
 * required, the WSDL does not), dates are ISO text, and everything is readonly JSON.
 */
export type Authored<T> = T extends string | number | boolean
  ? T
  : T extends Date
    ? string
    : {
        readonly [K in keyof T as NonNullable<T[K]> extends readonly unknown[] ? never : K]: Authored<T[K]>;
      } & {
        readonly [K in keyof T as NonNullable<T[K]> extends readonly unknown[] ? K : never]?: NonNullable<
          T[K]
        > extends readonly (infer Item)[]
          ? readonly Authored<Item>[]
          : never;
      };

/** `Component.metadata` of a type: without `fullName`, which the component carries itself. */
export type ComponentMetadata<T> = Omit<Authored<T>, 'fullName'>;
