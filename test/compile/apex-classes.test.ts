/**
 * The project's Apex as far as it can be looked at without an org: `@apexdevtools/apex-ls` parses it and finds its types on every machine;
 * whether the types fit, `apex-types.test.ts` asks.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Workspaces } from '@apexdevtools/apex-ls';
import { LEAD_CONVERSION_CLASS, LEAD_CONVERSION_TEST_CLASS } from '../../scripts/compile/names.ts';
import { openTestOrg } from '../local-org/data/open-test-org.ts';
import { PROJECT } from './models.ts';

const CLASSES = path.join(PROJECT, 'force-app/main/default/classes');
const PARSE = "require('@apexdevtools/apex-ls').ApexParseBatch.main([process.argv[1]])";

/** It names the file, and ends well all the same. */
const FAILED = /parser failed/;

const parse = (folder: string) =>
  spawnSync(process.execPath, ['-e', PARSE, folder], { cwd: PROJECT, encoding: 'utf8' });

describe('Apex', () => {
  it('parses', () => {
    const { status, stdout, stderr } = parse(CLASSES);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Number of files: 2/);
    assert.doesNotMatch(stdout + stderr, FAILED);
  });

  it('would not parse with an error in it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-apex-'));
    try {
      cpSync(CLASSES, folder, { recursive: true });
      const file = path.join(folder, `${LEAD_CONVERSION_CLASS}.cls`);
      writeFileSync(file, readFileSync(file, 'utf8').replace('{', '{ {{ ) '));
      const { stdout, stderr } = parse(folder);
      assert.match(stdout + stderr, FAILED);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is found by name in the project, with its description beside it', () => {
    const workspace = Workspaces.get(PROJECT);
    for (const name of [LEAD_CONVERSION_CLASS, LEAD_CONVERSION_TEST_CLASS])
      assert.equal(workspace.findType(name).length, 2, name);
  });

  it('keeps sharing, works in user mode and asks nothing inside of a loop', () => {
    for (const file of readdirSync(CLASSES).filter((name) => name.endsWith('.cls') && !name.endsWith('Test.cls'))) {
      const text = readFileSync(path.join(CLASSES, file), 'utf8');
      assert.match(text, /public with sharing class/, file);
      assert.equal(text.match(/\bSELECT\b/g)?.length, text.match(/WITH USER_MODE/g)?.length, file);
      assert.equal(text.match(/Database\.convertLead\(/g)?.length, text.match(/AccessLevel\.USER_MODE/g)?.length, file);
      assert.doesNotMatch(text, /without sharing|SYSTEM_MODE|^\s*(insert|update|delete|upsert) /m, file);
    }
  });

  it('asks for objects and fields that every org has, which the type checker does not look at', () => {
    const org = openTestOrg();
    const queries = readdirSync(CLASSES)
      .filter((name) => name.endsWith('.cls'))
      .flatMap((name) => readFileSync(path.join(CLASSES, name), 'utf8').match(/(?<=\[)\s*SELECT\b[^\]]*/g) ?? []);
    assert.equal(queries.length, 3);
    for (const query of queries)
      org.query(query.replace('WITH USER_MODE', '').replace(/IN :\w+/, "IN ('00Q000000000000AAA')"));
    assert.throws(() => org.query('SELECT ApiNam FROM LeadStatus'), /ApiNam/);
  });

  it('is of the API version of the project', () => {
    const { sourceApiVersion } = JSON.parse(readFileSync(path.join(PROJECT, 'sfdx-project.json'), 'utf8')) as {
      sourceApiVersion: string;
    };
    for (const file of readdirSync(CLASSES).filter((name) => name.endsWith('-meta.xml')))
      assert.match(
        readFileSync(path.join(CLASSES, file), 'utf8'),
        new RegExp(`<apiVersion>${sourceApiVersion}<`),
        file,
      );
  });
});
