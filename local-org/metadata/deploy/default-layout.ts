import type { ComponentToStore, MetadataStore } from '../open-metadata-store.ts';
import { textOf } from '../text-of.ts';
import type { StoredComponent } from '../types.ts';

/** A new custom object has a page layout from the start, `<label> Layout`, unless the deploy brings one. */
export function addDefaultLayout(
  store: MetadataStore,
  object: StoredComponent,
  stamp: Pick<ComponentToStore, 'byId' | 'at'>,
): void {
  const prefix = `${object.fullName}-`;
  if (store.ofType('Layout').some((layout) => layout.fullName.startsWith(prefix))) return;
  const items = [{ behavior: 'Required', field: 'Name' }];
  store.put({
    type: 'Layout',
    fullName: `${prefix}${textOf(object.metadata.label, object.fullName)} Layout`,
    metadata: {
      layoutSections: [
        {
          customLabel: false,
          detailHeading: false,
          editHeading: true,
          label: 'Information',
          layoutColumns: [{ layoutItems: items }, { layoutItems: [{ behavior: 'Edit', field: 'OwnerId' }] }],
          style: 'TwoColumnsTopToBottom',
        },
      ],
    },
    ...stamp,
  });
}
