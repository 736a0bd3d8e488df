import type { Row } from '../../data/types.ts';
import { flowVersions } from '../deploy/flow-versions.ts';
import { text, type RowMaker } from './row-maker.ts';

interface Start {
  triggerType?: string;
  recordTriggerType?: string;
  object?: string;
}

/** A row per flow; ids of flow and versions are those that the Tooling API shows (300…, 301…). */
export const flowDefinitionViewRows: RowMaker = ({ metadata, schema, ids }) =>
  metadata.ofType('Flow').map((component): Row => {
    const versions = flowVersions(metadata, component.fullName);
    const active = versions.find((version) => version.active);
    const latest = versions.at(-1);
    const flow = component.metadata;
    const start = (flow.start ?? {}) as Start;
    const object = start.object === undefined ? undefined : schema.object(start.object);
    return {
      Id: ids.idOf('FlowDefinitionView', '3dd', component.fullName),
      DurableId: metadata.get('FlowDefinition', component.fullName)?.id ?? component.id,
      ApiName: component.fullName,
      Label: text(flow.label) ?? component.fullName,
      Description: text(flow.description),
      ProcessType: text(flow.processType),
      TriggerType: start.triggerType ?? null,
      RecordTriggerType: start.recordTriggerType ?? null,
      TriggerObjectOrEventId: object?.name ?? start.object ?? null,
      TriggerObjectOrEventLabel: object?.label ?? start.object ?? null,
      TriggerOrder: typeof flow.triggerOrder === 'number' ? flow.triggerOrder : null,
      ActiveVersionId: active?.id ?? null,
      LatestVersionId: latest?.id ?? null,
      IsActive: active !== undefined,
      VersionNumber: (active ?? latest)?.number ?? null,
      ManageableState: 'unmanaged',
      Builder: 'Flow Builder',
      LastModifiedDate: component.lastModifiedDate,
    };
  });

export const flowVersionViewRows: RowMaker = ({ metadata, ids }) =>
  metadata.ofType('Flow').flatMap((component) =>
    flowVersions(metadata, component.fullName).map((version): Row => ({
      Id: ids.idOf('FlowVersionView', '3vd', `${component.fullName}-${version.number}`),
      DurableId: version.id,
      FlowDefinitionViewId: ids.idOf('FlowDefinitionView', '3dd', component.fullName),
      Label: text(version.metadata.label) ?? component.fullName,
      Description: text(version.metadata.description),
      ProcessType: text(version.metadata.processType),
      Status: version.status,
      VersionNumber: version.number,
      RunInMode: text(version.metadata.runInMode),
      ApiVersionRuntime: typeof version.metadata.apiVersion === 'number' ? version.metadata.apiVersion : null,
      IsTemplate: false,
      LastModifiedDate: version.lastModifiedDate,
    })),
  );
