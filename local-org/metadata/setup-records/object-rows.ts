import type { Row } from '../../data/types.ts';
import { decodeText } from '../xml/parse-xml.ts';
import { splitChildName } from '../rules/rule.ts';
import type { StoredComponent } from '../types.ts';
import { auditOf, text, type RowMaker } from './row-maker.ts';

export const recordTypeRows: RowMaker = ({ metadata }) =>
  metadata.ofType('RecordType').map((component): Row => {
    const [object, developerName] = splitChildName(component.fullName);
    const process = component.metadata.businessProcess;
    return {
      Id: component.id,
      SobjectType: object,
      DeveloperName: developerName,
      Name: text(component.metadata.label) ?? developerName,
      Description: text(component.metadata.description),
      IsActive: component.metadata.active === true,
      IsPersonType: false,
      BusinessProcessId:
        typeof process === 'string' ? (metadata.get('BusinessProcess', `${object}.${process}`)?.id ?? null) : null,
      ...auditOf(component),
    };
  });

export const businessProcessRows: RowMaker = ({ metadata }) =>
  metadata.ofType('BusinessProcess').map((component): Row => {
    const [object, name] = splitChildName(component.fullName);
    return {
      Id: component.id,
      Name: name,
      TableEnumOrId: object,
      Description: text(component.metadata.description),
      IsActive: component.metadata.isActive !== false,
      ...auditOf(component),
    };
  });

export const validationRuleRows: RowMaker = ({ metadata }) =>
  metadata.ofType('ValidationRule').map((component): Row => {
    const [object, name] = splitChildName(component.fullName);
    return {
      Id: component.id,
      ValidationName: name,
      EntityDefinitionId: object,
      Active: component.metadata.active === true,
      Description: text(component.metadata.description),
      ErrorDisplayField: text(component.metadata.errorDisplayField),
      ErrorMessage: text(component.metadata.errorMessage),
      ...auditOf(component),
    };
  });

export const duplicateRuleRows: RowMaker = ({ metadata }) =>
  metadata.ofType('DuplicateRule').map((component): Row => {
    const [object, name] = splitChildName(component.fullName);
    return {
      Id: component.id,
      DeveloperName: name,
      MasterLabel: text(component.metadata.masterLabel) ?? name,
      Language: 'en_US',
      SobjectType: object,
      IsActive: component.metadata.isActive === true,
      IsDeleted: false,
      ...auditOf(component),
    };
  });

/** A class's or trigger's source: its one file that is not the `-meta.xml`. */
function sourceOf(component: StoredComponent): string {
  const content = [...component.files].find(([path]) => !path.endsWith('-meta.xml'))?.[1];
  return content ? decodeText(content) : '';
}

const apexRow = (component: StoredComponent, body: string): Row => ({
  Id: component.id,
  Name: component.fullName,
  ApiVersion: Number(component.metadata.apiVersion ?? 0),
  Status: text(component.metadata.status) ?? 'Active',
  IsValid: true,
  Body: body,
  LengthWithoutComments: body.replace(/\/\*[^]*?\*\/|\/\/.*/g, '').length,
  ...auditOf(component),
});

export const apexClassRows: RowMaker = ({ metadata }) =>
  metadata.ofType('ApexClass').map((component) => apexRow(component, sourceOf(component)));

/** `trigger Name on Object (before insert, after update)`. Triggers are stored, not run; audits want to see them. */
export const apexTriggerRows: RowMaker = ({ metadata }) =>
  metadata.ofType('ApexTrigger').map((component): Row => {
    const body = sourceOf(component);
    const [, object = null, list = ''] = /\btrigger\s+\w+\s+on\s+(\w+)\s*\(([^)]*)\)/i.exec(body) ?? [];
    const events = new Set(
      list
        .toLowerCase()
        .split(',')
        .map((event) => event.trim().replace(/\s+/g, ' ')),
    );
    return {
      ...apexRow(component, body),
      TableEnumOrId: object,
      UsageBeforeInsert: events.has('before insert'),
      UsageAfterInsert: events.has('after insert'),
      UsageBeforeUpdate: events.has('before update'),
      UsageAfterUpdate: events.has('after update'),
      UsageBeforeDelete: events.has('before delete'),
      UsageAfterDelete: events.has('after delete'),
      UsageAfterUndelete: events.has('after undelete'),
      UsageIsBulk: true,
    };
  });
