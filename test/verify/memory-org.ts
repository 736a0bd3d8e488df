/**
 * An org in memory that does what the waterfall promises, in the plainest way, so that the scenarios can be seen to pass; `Broken` turns
 * one promise off at a time, so that each can be seen to fail.
 */
import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import type { Component } from '../../scripts/metadata/component.ts';
import { FIELD, RECORD_PAGE, layoutName, recordTypeName, stageDateField } from '../../scripts/compile/names.ts';
import type { OpportunityType, Waterfall } from '../../scripts/model/waterfall.ts';
import { allStages } from '../../scripts/model/waterfall.ts';
import { OrgError } from '../../scripts/org/types.ts';
import type { FieldValue, ObjectDescription, OrgIdentity, OrgRecord, SaveOutcome } from '../../scripts/org/types.ts';
import type { VerifiedOrg } from '../../scripts/verify/checks/check.ts';
import { addDays, addMonths, slaDue } from '../../scripts/verify/dates.ts';

export type Broken =
  | 'stamp'
  | 'keepFirst'
  | 'keepImported'
  | 'cloneHistory'
  | 'typeChange'
  | 'fillsSkipped'
  | 'previousStage'
  | 'slaDue'
  | 'renewal'
  | 'secondRenewal'
  | 'monthEnd'
  | 'foreignStage'
  | 'leaveUnfinished'
  | 'flowInactive'
  | 'picklist'
  | 'fieldPermission'
  | 'layout'
  | 'page'
  | 'recordType'
  | 'permissionSet'
  | 'bypass'
  | 'invisibleField';

export interface MemoryOrgOptions {
  readonly broken?: Broken;
  readonly kind?: OrgIdentity['kind'];
  /** The org's own rule: refuses an opportunity and says why. */
  readonly ownRule?: (record: OrgRecord) => { code: string; message: string; fields: string[] } | null;
  /** The connection breaks at this save, counted from 1. */
  readonly cutAtSave?: number;
  readonly keepsRecords?: boolean;
}

/** Describe's names for types of custom fields. */
const DESCRIBED: Readonly<Record<string, string>> = {
  Date: 'date',
  DateTime: 'datetime',
  Lookup: 'reference',
  Number: 'double',
  Picklist: 'picklist',
};

type Stored = Record<string, FieldValue>;

const USER = '005000000000001AAA';
/** A Wednesday, late enough in the day for Berlin to be a day ahead. */
const NOW = '2026-03-11T23:30:00.000Z';
const TODAY = '2026-03-12';
export const TIME_ZONE = 'Europe/Berlin';

export class MemoryOrg implements VerifiedOrg {
  readonly identity: OrgIdentity;
  readonly opportunities = new Map<string, Stored>();
  readonly accounts = new Map<string, Stored>();
  saves = 0;
  private readonly waterfall: Waterfall;
  private readonly components: readonly Component[];
  private readonly options: MemoryOrgOptions;
  private ids = 0;

  constructor(waterfall: Waterfall, options: MemoryOrgOptions = {}) {
    this.waterfall = waterfall;
    this.components = compileWaterfall(waterfall);
    this.options = options;
    this.identity = {
      orgId: '00D000000000001EAA',
      name: 'Memory',
      username: 'admin@memory.example',
      userId: USER,
      instanceUrl: 'https://memory.example',
      apiVersion: '66.0',
      edition: 'Enterprise Edition',
      kind: options.kind ?? 'local',
    };
  }

  private is(broken: Broken): boolean {
    return this.options.broken === broken;
  }

  private newId(prefix: string): string {
    this.ids += 1;
    return `${prefix}${String(this.ids).padStart(12, '0')}AAA`;
  }

  private typeId(type: OpportunityType): string {
    return `012${String(this.waterfall.opportunityTypes.indexOf(type)).padStart(12, '0')}AAA`;
  }

  private typeOf(record: Stored): OpportunityType | undefined {
    return this.waterfall.opportunityTypes.find((type) => this.typeId(type) === record.RecordTypeId);
  }

  create(object: string, records: readonly OrgRecord[]): Promise<SaveOutcome[]> {
    this.countSave(records.length);
    return Promise.resolve(
      records.map((record) => {
        if (object === 'Account') {
          const id = this.newId('001');
          this.accounts.set(id, { ...record, Id: id });
          return saved(id);
        }
        return this.saveOpportunity(null, { OwnerId: USER, ...record });
      }),
    );
  }

  update(_object: string, records: readonly (OrgRecord & { readonly Id: string })[]): Promise<SaveOutcome[]> {
    this.countSave(records.length);
    return Promise.resolve(
      records.map((record) => {
        const before = this.opportunities.get(record.Id)!;
        return this.saveOpportunity(before, { ...before, ...record });
      }),
    );
  }

  private countSave(records: number): void {
    if (records === 0) return;
    this.saves += 1;
    if (this.saves === this.options.cutAtSave) {
      throw new OrgError('NETWORK', 'The connection broke.', 'Try again.');
    }
  }

  remove(ids: readonly string[]): Promise<SaveOutcome[]> {
    return Promise.resolve(
      ids.map((id) => {
        if (this.options.keepsRecords)
          return refused(id, { code: 'DELETE_FAILED', message: 'Kept by a rule.', fields: [] });
        return this.opportunities.delete(id) || this.accounts.delete(id)
          ? saved(id)
          : refused(id, { code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] });
      }),
    );
  }

  private saveOpportunity(before: Stored | null, changed: Stored): SaveOutcome {
    const after: Stored = { ...changed, LastModifiedDate: NOW };
    this.stamp(before, after);
    const problem = this.options.ownRule?.(after) ?? this.refusal(before, after);
    if (problem) return refused(before ? String(before.Id) : null, problem);
    const id = before ? String(before.Id) : this.newId('006');
    this.opportunities.set(id, { ...after, Id: id });
    if (before?.StageName !== after.StageName && this.stageOf(after)?.outcome === 'won')
      this.renew({ ...after, Id: id });
    return saved(id);
  }

  private stageOf(record: Stored) {
    return allStages(this.waterfall).find(({ name }) => name === record.StageName);
  }

  private stamp(before: Stored | null, after: Stored): void {
    const { reentry, skipped } = this.waterfall.stageDates;
    const entered = before?.StageName !== after.StageName;
    const typeChanged = before !== null && before.RecordTypeId !== after.RecordTypeId;
    if (!entered && !typeChanged) return;
    if (!before && after[FIELD.stampedAt] && !this.is('cloneHistory')) {
      for (const stage of allStages(this.waterfall)) after[stageDateField(stage.name)] = null;
      for (const field of [FIELD.stageEnteredAt, FIELD.previousStage, FIELD.key, FIELD.sourceOpportunity])
        after[field] = null;
    }
    after[FIELD.stampedAt] = NOW;
    const stage = this.stageOf(after);
    if (stage && !this.is('stamp') && (entered || !this.is('typeChange'))) {
      const field = stageDateField(stage.name);
      const explicit = after[field] !== null && after[field] !== undefined && after[field] !== before?.[field];
      const overwrites = (reentry === 'latest') !== this.is('keepFirst');
      if (!after[field] || (entered && overwrites && !explicit) || (explicit && this.is('keepImported')))
        after[field] = TODAY;
      this.fill(after, (skipped === 'fill') !== this.is('fillsSkipped'));
    }
    if (!entered) return;
    if (!after[FIELD.stageEnteredAt] || before) after[FIELD.stageEnteredAt] = NOW;
    if (before && !this.is('previousStage')) after[FIELD.previousStage] = before.StageName ?? null;
    after[FIELD.stageSlaDue] =
      stage?.sla && !this.is('slaDue') ? slaDue(String(after[FIELD.stageEnteredAt]), stage.sla, TIME_ZONE) : null;
  }

  private fill(after: Stored, wanted: boolean): void {
    const path = this.typeOf(after)?.stages ?? [];
    const at = path.findIndex(({ name }) => name === after.StageName);
    const here = path[at];
    if (!wanted || !here || here.outcome === 'lost' || here.kind === 'detour') return;
    for (const step of path.slice(0, at)) {
      const field = stageDateField(step.name);
      if (step.kind === 'step' && step.outcome === 'open') after[field] ??= after[stageDateField(here.name)] ?? null;
    }
  }

  private refusal(before: Stored | null, after: Stored) {
    const type = this.typeOf(after);
    const names = type?.stages.map(({ name }) => name) ?? [];
    const rule = (message: string) => ({ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields: [] });
    if (type && !names.includes(String(after.StageName)) && !this.is('foreignStage')) {
      return rule(this.ruleMessage(type.source, 'StageName'));
    }
    const left = type?.stages.find(({ name }) => name === before?.StageName);
    const forward = left && names.indexOf(String(after.StageName)) > names.indexOf(left.name);
    const missing = left?.requiredToLeave.filter((field) => after[field] === null || after[field] === undefined) ?? [];
    return forward && missing.length > 0 && !this.is('leaveUnfinished') && this.stageOf(after)?.outcome !== 'lost'
      ? rule(missing.map((field) => this.ruleMessage(left.source, field)).join('; '))
      : null;
  }

  private ruleMessage(source: string, field: string): string {
    return this.components
      .filter((each) => each.type === 'ValidationRule' && each.source === source)
      .map(({ metadata }) => metadata as { errorMessage: string; errorDisplayField: string })
      .find(({ errorDisplayField }) => errorDisplayField === field)!.errorMessage;
  }

  private renew(won: Stored): void {
    const type = this.typeOf(won);
    const rule = this.waterfall.closedWon.find(
      ({ creates, from, delayDays }) => creates === 'renewal' && delayDays === 0 && type && from.includes(type.key),
    );
    if (rule?.closeDate.from !== 'contractEnd' || this.is('renewal')) return;
    const key = `renewal:${String(won.Id)}`;
    if ([...this.opportunities.values()].some((each) => each[FIELD.key] === key) && !this.is('secondRenewal')) return;
    const end = won[FIELD.contractEnd] as string | null | undefined;
    const months = Number(won[FIELD.contractTermMonths] ?? rule.closeDate.defaultTermMonths);
    const start = String(won[FIELD.contractStart] ?? won.CloseDate);
    const termEnd = this.is('monthEnd') ? addDays(start, 30 * months) : addMonths(start, months);
    const nextStart = end ? addDays(end, 1) : termEnd;
    const renewal = this.waterfall.opportunityTypes.find(({ key: each }) => each === 'renewal')!;
    this.saveOpportunity(null, {
      Name: 'Waterfall verify renewal',
      AccountId: won.AccountId ?? null,
      OwnerId: won.OwnerId ?? null,
      RecordTypeId: this.typeId(renewal),
      Type: renewal.typeValue,
      StageName: rule.stage,
      CloseDate:
        [end, termEnd].find((date) => date && date > String(won.CloseDate)) ?? addMonths(String(won.CloseDate), months),
      Amount: rule.amount.from === 'none' ? null : (Number(won.Amount) * (100 + rule.amount.upliftPercent)) / 100,
      [FIELD.contractStart]: rule.copies.includes('contractDates') ? nextStart : null,
      [FIELD.contractEnd]:
        rule.copies.includes('contractDates') && end ? addDays(addMonths(nextStart, months), -1) : null,
      [FIELD.contractTermMonths]: rule.copies.includes('contractDates') ? months : null,
      [FIELD.sourceOpportunity]: won.Id ?? null,
      [FIELD.key]: key,
    });
  }

  query<Row>(soql: string): Promise<Row[]> {
    return Promise.resolve(this.answer(soql) as Row[]);
  }

  toolingQuery<Row>(soql: string): Promise<Row[]> {
    return this.query<Row>(soql);
  }

  private answer(soql: string): unknown[] {
    const [, object = ''] = /FROM (\w+)/.exec(soql) ?? [];
    const named = (type: string) => this.components.filter((component) => component.type === type);
    if (['Campaign', 'Contact', 'Lead', 'Task'].includes(object)) return [];
    switch (object) {
      case 'Opportunity':
        return this.opportunityRows(soql);
      case 'Account':
        return [...this.accounts.values()];
      case 'User':
        return [{ TimeZoneSidKey: TIME_ZONE }];
      case 'FlowDefinitionView':
        return named('Flow').map(({ fullName }) => ({ ApiName: fullName, IsActive: !this.is('flowInactive') }));
      case 'ValidationRule':
        return named('ValidationRule').map(({ fullName }) => ({
          ValidationName: fullName.split('.')[1],
          Active: true,
          EntityDefinition: { QualifiedApiName: fullName.split('.')[0] },
        }));
      case 'PermissionSet':
        return named('PermissionSet')
          .slice(this.is('permissionSet') ? 1 : 0)
          .map(({ fullName }) => ({ Name: fullName }));
      case 'FieldPermissions':
        return named('PermissionSet')
          .flatMap(({ fullName, metadata }) =>
            (
              (metadata as { fieldPermissions?: readonly { field: string; readable: boolean; editable: boolean }[] })
                .fieldPermissions ?? []
            ).map(({ field, readable, editable }) => ({
              Field: field,
              PermissionsRead: readable,
              PermissionsEdit: editable,
              Parent: { Name: fullName },
            })),
          )
          .slice(this.is('fieldPermission') ? 1 : 0);
      case 'PermissionSetAssignment':
        return this.is('bypass') ? [{ Id: '0Pa000000000001AAA' }] : [];
      case 'ProfileLayout':
        return this.waterfall.opportunityTypes.slice(this.is('layout') ? 1 : 0).map((type) => ({
          RecordTypeId: this.typeId(type),
          Layout: { Name: layoutName(type).replace('Opportunity-', '') },
        }));
      case 'FlexiPage':
        return [{ DeveloperName: RECORD_PAGE }];
      default:
        throw new OrgError('INVALID_TYPE', `sObject type '${object}' is not supported.`, 'Nothing.');
    }
  }

  private opportunityRows(soql: string): Stored[] {
    const all = [...this.opportunities.values()];
    const [, field = '', list = ''] = /WHERE (\w+) IN \(([^)]*)\)/.exec(soql) ?? [];
    return field === ''
      ? all
      : all.filter((row) => list.includes(`'${String(row[field])}'`)).map((row) => ({ ...row }));
  }

  retrieve: NonNullable<VerifiedOrg['retrieve']> = () =>
    Promise.resolve([
      {
        type: 'CustomObject',
        fullName: 'Opportunity',
        metadata: {
          actionOverrides: this.is('page') ? [] : [{ actionName: 'View', formFactor: 'Large', content: RECORD_PAGE }],
        },
      },
    ] as never);

  describe(): Promise<ObjectDescription> {
    const fields = this.components
      .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith('Opportunity.'))
      .map(({ fullName, metadata }) => ({
        name: fullName.split('.')[1]!,
        type: DESCRIBED[(metadata as { type: string }).type] ?? 'string',
      }));
    const standard = [
      'Id',
      'Name',
      'AccountId',
      'Amount',
      'CloseDate',
      'LastModifiedDate',
      'OwnerId',
      'RecordTypeId',
      'StageName',
      'NextStep',
      'Description',
      'Type',
      'LeadSource',
    ];
    return Promise.resolve({
      name: 'Opportunity',
      fields: [
        ...standard.map((name) => ({ name, type: name === 'Amount' ? 'currency' : 'string' })),
        ...fields.slice(this.is('invisibleField') ? 1 : 0),
      ].map(({ name, type }) => ({
        name,
        label: name,
        type,
        custom: name.endsWith('__c'),
        createable: true,
        updateable: true,
        length: 255,
        picklistValues: [],
        referenceTo: [],
      })),
      recordTypeInfos: this.waterfall.opportunityTypes.map((type) => ({
        recordTypeId: this.typeId(type),
        developerName: recordTypeName(type),
        name: type.label,
        active: !this.is('recordType'),
        available: true,
        master: false,
      })),
    });
  }

  picklistValues(_object: string, recordTypeId: string): Promise<readonly string[]> {
    const type = this.waterfall.opportunityTypes.find((each) => this.typeId(each) === recordTypeId)!;
    return Promise.resolve(type.stages.map(({ name }) => name).slice(this.is('picklist') ? 1 : 0));
  }
}

const saved = (id: string): SaveOutcome => ({ id, success: true, errors: [] });
const refused = (id: string | null, error: SaveOutcome['errors'][number]): SaveOutcome => ({
  id,
  success: false,
  errors: [error],
});
