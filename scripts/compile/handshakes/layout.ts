import type { Layout } from '@salesforce/types/metadata';

import type { Component } from '../../metadata/component.ts';
import { define } from '../define.ts';
import { section, type Item } from '../layout-section.ts';
import { HANDSHAKE_FIELD, HANDSHAKE_LAYOUT } from '../names.ts';
import { SOURCE } from './object.ts';

const edit = (...fields: readonly string[]): readonly Item[] => fields.map((field) => ({ behavior: 'Edit', field }));
const readonly = (...fields: readonly string[]): readonly Item[] =>
  fields.map((field) => ({ behavior: 'Readonly', field }));

/** The answer on top, for whoever has to give it; what the flows wrote below. */
export const handshakeLayout = (): Component =>
  define<Layout>(
    'Layout',
    HANDSHAKE_LAYOUT,
    {
      layoutSections: [
        section(
          'Answer',
          true,
          'TwoColumnsTopToBottom',
          edit(HANDSHAKE_FIELD.outcome, HANDSHAKE_FIELD.reason),
          edit(HANDSHAKE_FIELD.comment),
        ),
        section(
          'Hand-over',
          true,
          'TwoColumnsTopToBottom',
          readonly(
            'Name',
            HANDSHAKE_FIELD.opportunity,
            HANDSHAKE_FIELD.rule,
            HANDSHAKE_FIELD.stage,
            HANDSHAKE_FIELD.returnStage,
          ),
          [
            ...readonly(HANDSHAKE_FIELD.fromFunction, HANDSHAKE_FIELD.fromUser, HANDSHAKE_FIELD.toFunction),
            ...readonly(HANDSHAKE_FIELD.toUser),
            ...edit('OwnerId'),
          ],
        ),
        section(
          'Service Level',
          true,
          'TwoColumnsTopToBottom',
          readonly(HANDSHAKE_FIELD.requestedAt, HANDSHAKE_FIELD.remindAt, HANDSHAKE_FIELD.dueAt),
          readonly(
            HANDSHAKE_FIELD.answeredAt,
            HANDSHAKE_FIELD.answeredBy,
            HANDSHAKE_FIELD.breached,
            HANDSHAKE_FIELD.escalatedTo,
          ),
        ),
        section(
          'System Information',
          false,
          'TwoColumnsTopToBottom',
          readonly('CreatedById'),
          readonly('LastModifiedById'),
        ),
      ],
      showEmailCheckbox: false,
      showHighlightsPanel: false,
      showInteractionLogPanel: false,
      showRunAssignmentRulesCheckbox: false,
      showSubmitAndAttachButton: false,
    },
    SOURCE,
  );
