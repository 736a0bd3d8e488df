import type { CompactLayout, CustomObject, CustomTab } from '@salesforce/types/metadata';

import type { Component } from '../../metadata/component.ts';
import { define } from '../define.ts';
import { HANDSHAKE, HANDSHAKE_COMPACT_LAYOUT, HANDSHAKE_FIELD } from '../names.ts';

/** Everything about the object comes from the model's handshakes. */
export const SOURCE = 'handshakes';

/** The number tells the turn of whose it is: see the flow that assigns handshakes. */
const NUMBER_FORMAT = 'H-{000000}';

/**
 * Everybody who may see handshakes reads all of them, for reports; only the owner, who has to answer, those above in the role hierarchy
 * and RevOps change one. The three enable… elements for search, bulk and streaming access go together (DOC metadata-api/customobject).
 */
export const handshakeObject = (): Component =>
  define<CustomObject>(
    'CustomObject',
    HANDSHAKE,
    {
      allowInChatterGroups: false,
      compactLayoutAssignment: HANDSHAKE_COMPACT_LAYOUT,
      deploymentStatus: 'Deployed',
      description:
        'One hand-over of an opportunity from one revenue function to another: who asked whom, by when, and what was answered. Made and ' +
        'followed by the waterfall flows; its owner is who has to answer.',
      enableActivities: false,
      enableBulkApi: true,
      enableFeeds: false,
      enableHistory: false,
      enableReports: true,
      enableSearch: true,
      enableSharing: true,
      enableStreamingApi: true,
      externalSharingModel: 'Private',
      label: 'Handshake',
      nameField: { displayFormat: NUMBER_FORMAT, label: 'Handshake Number', type: 'AutoNumber' },
      pluralLabel: 'Handshakes',
      sharingModel: 'Read',
      visibility: 'Public',
    },
    SOURCE,
  );

export const handshakeCompactLayout = (): Component =>
  define<CompactLayout>(
    'CompactLayout',
    `${HANDSHAKE}.${HANDSHAKE_COMPACT_LAYOUT}`,
    {
      fields: [
        'Name',
        HANDSHAKE_FIELD.opportunity,
        HANDSHAKE_FIELD.stage,
        HANDSHAKE_FIELD.outcome,
        HANDSHAKE_FIELD.dueAt,
        'OwnerId',
      ],
      label: 'Waterfall Handshake',
    },
    SOURCE,
  );

export const handshakeTab = (): Component =>
  define<CustomTab>(
    'CustomTab',
    HANDSHAKE,
    {
      customObject: true,
      description: 'Hand-overs of opportunities from one revenue function to another.',
      // A style of Setup's list (Metadata API Developer Guide, CustomTab, `motif`).
      motif: 'Custom15: People',
    },
    SOURCE,
  );
