import type { PathAssistant } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import type { Stage, Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { LIMIT } from './limits.ts';
import { FIELD, recordTypeName } from './names.ts';
import { escapeHtml } from './text.ts';

type Step = Authored<PathAssistant['pathAssistantSteps'][number]>;

const paragraph = (title: string, text: string): string =>
  text === '' ? '' : `<p><b>${title}</b> ${escapeHtml(text)}</p>`;

const raciText = ({ raci }: Stage): readonly string[] => [
  `${raci.responsible} (responsible), ${raci.accountable} (accountable)`,
  raci.consulted.length > 0 ? `consult ${raci.consulted.join(', ')}` : '',
  raci.informed.length > 0 ? `inform ${raci.informed.join(', ')}` : '',
];

const slaText = ({ sla }: Stage): string =>
  sla === null ? '' : `${String(sla.amount)} ${sla.unit === 'hours' ? 'hours' : 'business days'}`;

/**
 * Guidance for success: rich text of at most 1,000 characters, tags included. Sections are in the order of their worth
 * to the reader; those that do not fit are left out, not cut.
 */
export const guidance = (stage: Stage): string => {
  const sections = [
    paragraph('What it means:', stage.definition),
    paragraph('Next step:', stage.nextStep),
    paragraph('Enters when:', stage.entryRule),
    paragraph('Time allowed:', slaText(stage)),
    paragraph(
      'Who:',
      raciText(stage)
        .filter((part) => part !== '')
        .join('; '),
    ),
  ];
  return sections.reduce(
    (text, section) => (text.length + section.length <= LIMIT.pathGuidance ? text + section : text),
    '',
  );
};

const OPEN_FIELDS = ['NextStep', 'CloseDate', 'Amount', FIELD.solution];
const WON_FIELDS = ['Amount', 'CloseDate', FIELD.contractStart, FIELD.contractEnd, FIELD.contractTermMonths];
const LOST_FIELDS = ['NextStep', 'CloseDate', 'Amount'];

const keyFields = (stage: Stage, { solutions }: Waterfall): readonly string[] => {
  const usual = stage.outcome === 'open' ? OPEN_FIELDS : stage.outcome === 'won' ? WON_FIELDS : LOST_FIELDS;
  const fields = [...new Set([...stage.requiredToLeave, ...usual])];
  return fields.filter((field) => field !== FIELD.solution || solutions.length > 0).slice(0, LIMIT.pathFields);
};

const step = (stage: Stage, waterfall: Waterfall): Step => ({
  fieldNames: keyFields(stage, waterfall),
  info: guidance(stage),
  picklistValueName: stage.name,
});

/** A path per record type (an object has at most one for each; DOC metadata-api/pathassistant). */
export const compilePaths = (waterfall: Waterfall): readonly Component[] =>
  waterfall.opportunityTypes.map((type) =>
    define<PathAssistant>(
      'PathAssistant',
      `Waterfall_${recordTypeName(type)}`,
      {
        active: true,
        entityName: 'Opportunity',
        fieldName: 'StageName',
        masterLabel: `Waterfall ${type.label}`,
        pathAssistantSteps: type.stages.map((stage) => step(stage, waterfall)),
        recordTypeName: recordTypeName(type),
      },
      type.source,
    ),
  );
