import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { PROJECT } from './models.ts';

const HAND_WRITTEN = join(PROJECT, 'force-app/main/default');

const metadataFiles = async (): Promise<readonly (readonly [path: string, text: string])[]> => {
  const entries = await readdir(HAND_WRITTEN, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('-meta.xml'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const));
};

/** White space inside a text element is part of the text: a formatter that breaks the line changes what people read. */
test('texts in hand-written metadata stand on their line, with no white space around them', async () => {
  const texts = (await metadataFiles()).flatMap(([path, text]) =>
    [...text.matchAll(/<(value|description|shortDescription|masterLabel)>([^<]*)</g)].map(
      ([, , content]) => [path, content!] as const,
    ),
  );
  assert.ok(texts.length > 30);
  for (const [path, content] of texts) assert.equal(content, content.trim(), path);
});
