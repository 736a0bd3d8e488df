import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import { apiClient } from './api-client.ts';

test('a flow that is called by a request knows its session and the address of the org', async (t) => {
  const { call, running } = await apiClient(t);
  openMetadataStore(running.org.database).put({
    type: 'Flow',
    fullName: 'Tell_Session',
    metadata: {
      label: 'Tell Session',
      processType: 'AutoLaunchedFlow',
      status: 'Active',
      start: { connector: { targetReference: 'Tell' } },
      variables: [{ name: 'told', dataType: 'String', isCollection: false, isInput: false, isOutput: true }],
      assignments: [
        {
          name: 'Tell',
          label: 'Tell',
          assignmentItems: [
            {
              assignToReference: 'told',
              operator: 'Assign',
              value: { stringValue: '{!$Api.Session_ID} {!$Api.Partner_Server_URL_660}' },
            },
          ],
        },
      ],
    },
  });
  running.org.reload();
  const { body } = await call<{ outputValues: { told: string } }[]>('POST', '/actions/custom/flow/Tell_Session', {
    inputs: [{}],
  });
  const url = `${running.url}/services/Soap/u/66.0/${running.org.orgId.slice(0, 15)}`;
  assert.equal(body[0]?.outputValues.told, `${running.token} ${url}`);
});
