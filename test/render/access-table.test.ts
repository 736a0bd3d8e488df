import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { accessTable } from '../../scripts/render/access-table.ts';
import { defaultModel } from '../compile/flows/default-model.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const SECTION = /(<!-- access: as compiled -->\n)([\s\S]*?)(\n<!-- \/access -->)/;

it('the README shows the access that is compiled (UPDATE_GOLDEN=1 writes it)', async () => {
  const readme = readFileSync(README, 'utf8');
  const table = await format(accessTable(compileWaterfall(await defaultModel())), {
    parser: 'markdown',
    printWidth: 140,
  });
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(
      README,
      readme.replace(SECTION, (_, start: string, __, end: string) => `${start}\n${table}${end}`),
    );
    return;
  }
  assert.equal(SECTION.exec(readme)?.[2]?.trim(), table.trim());
});
