/** Steps that find the record type of an opportunity that is to be created. */
import { assignment, equals, getFirst, jumpTo, set, text, to, yesNo } from './elements.ts';
import type { Connector, Named, Value } from './elements.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { whenFound } from './steps.ts';

const LABEL = {
  found: 'Is the record type there?',
  missing: 'Note that the record type is missing',
} as const;

export type RecordTypeSteps = Required<Pick<FlowMetadata, 'assignments' | 'decisions' | 'recordLookups'>>;

/** Where a type is only a picklist. */
export const NO_RECORD_TYPE: RecordTypeSteps = { assignments: [], decisions: [], recordLookups: [] };

interface Ways {
  /** Labels of the steps to go on with, and that a fault leads to. */
  readonly next: string;
  readonly fault: string;
  /** Puts `reason` into the variable `problem` and goes on from there. */
  readonly missing: {
    readonly description: string;
    readonly problem: string;
    readonly reason: string;
    readonly connector?: Connector;
  };
}

/** By developer name, since ids differ from org to org. `find` names the look-up, where the steps begin. */
export const recordTypeSteps = (
  find: Named,
  developerName: Value,
  { next, fault, missing }: Ways,
): RecordTypeSteps => ({
  recordLookups: [
    getFirst(
      find,
      {
        object: 'RecordType',
        filters: [
          equals('SobjectType', text('Opportunity')),
          equals('DeveloperName', developerName),
          equals('IsActive', yesNo(true)),
        ],
        fields: ['Id'],
      },
      to(LABEL.found),
      jumpTo(fault),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.found, description: 'Without its record type it would be in no sales process.' },
      find.label,
      { found: 'The record type is there', none: 'No record type', description: 'The look-up found it.' },
      to(next),
      to(LABEL.missing),
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.missing, description: missing.description },
      [set(missing.problem, text(missing.reason))],
      missing.connector,
    ),
  ],
});

/** The record type of a type that is known beforehand is missing: RevOps is told by the step labelled `tell`. */
export const tellOfRecordType = (name: string, problem: string, tell: string): Ways['missing'] => ({
  description: 'Somebody deactivated or renamed it: RevOps has to know.',
  problem,
  reason: `Opportunity has no active record type ${name}.`,
  connector: jumpTo(tell),
});
