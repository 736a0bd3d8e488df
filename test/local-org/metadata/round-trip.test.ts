import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { packageZip } from '../../../bench/deploy-package.ts';
import { deploy } from '../../../local-org/metadata/deploy.ts';
import { readManifest } from '../../../local-org/metadata/package/read-manifest.ts';
import { retrieve } from '../../../local-org/metadata/retrieve.ts';
import { openTestOrg } from './deploy-helpers.ts';

const OPTIONS = { rollbackOnError: true, singlePackage: true };

/** An org with the whole package in it, the package's files, and the members of its manifest. */
async function openWithPackage() {
  const scene = openTestOrg();
  const zip = await packageZip();
  const sent = unzipSync(zip);
  assert.equal(deploy(scene.org, scene.admin, zip, OPTIONS).status, 'Succeeded');
  const manifest = readManifest(sent['package.xml'] ?? new Uint8Array());
  const members = [...manifest.types].flatMap(([name, list]) => list.map((member) => ({ name, member })));
  const retrieveAll = (wanted: typeof members): Uint8Array => {
    const names = [...new Set(wanted.map((one) => one.name))];
    const types = names.map((name) => ({
      name,
      members: wanted.filter((one) => one.name === name).map((one) => one.member),
    }));
    const result = retrieve(scene.org, scene.admin, {
      apiVersion: '66.0',
      singlePackage: true,
      unpackaged: { types, version: '66.0' },
    });
    assert.deepEqual(result.messages, []);
    return result.zipFile;
  };
  return { ...scene, sent, members, retrieveAll };
}

test('what was deployed comes back byte for byte; objects with their children in the order of names, value sets with what became inactive', async () => {
  const { org, sent, members, retrieveAll } = await openWithPackage();
  const back = unzipSync(retrieveAll(members));
  assert.deepEqual(Object.keys(back).sort(), Object.keys(sent).sort());
  for (const [path, content] of Object.entries(sent)) {
    const given = strFromU8(content);
    const got = strFromU8(back[path] ?? new Uint8Array());
    if (path.startsWith('objects/')) {
      assert.deepEqual(got.split('\n').sort(), given.split('\n').sort(), path);
    } else if (path.startsWith('standardValueSets/')) {
      for (const value of given.match(/<standardValue>[^]*?<\/standardValue>/g) ?? [])
        assert.ok(got.includes(value), path);
    } else {
      assert.equal(got, given, path);
    }
  }
  org.close();
});

test('any part of an org, retrieved and deployed again, is taken and changes nothing', async () => {
  const { org, admin, members, retrieveAll } = await openWithPackage();
  fc.assert(
    fc.property(fc.subarray(members, { minLength: 1 }), (wanted) => {
      const again = deploy(org, admin, retrieveAll(wanted), OPTIONS);
      assert.deepEqual(again.details.componentFailures, []);
      const changed = again.details.componentSuccesses.filter((one) => one.changed && one.componentType !== '');
      assert.deepEqual(changed, []);
    }),
    { numRuns: 12 },
  );
  org.close();
});
