import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { openArtifactFolder } from './artifact-folder.ts';

const place = { folder: '' };

beforeAll(() => {
  place.folder = mkdtempSync(join(tmpdir(), 'patchbay-artifacts-'));
  const schemas = join(place.folder, 'Artifacts', 'Schemas');
  mkdirSync(schemas, { recursive: true });
  writeFileSync(join(schemas, 'Wide.xsd'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<é/>', 'utf16le')]));
  writeFileSync(
    join(schemas, 'Wider.xsd'),
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('<é/>', 'utf16le').swap16()]),
  );
  writeFileSync(join(schemas, 'Marked.xsd'), '\uFEFF<é/>');
  writeFileSync(join(schemas, 'Same'), 'bare');
  writeFileSync(join(schemas, 'Picture.png'), 'no text');
  mkdirSync(join(schemas, 'Folder.xsd'));
});
afterAll(() => rmSync(place.folder, { recursive: true, force: true }));

it.each([
  ['wide.XSD', 'Wide.xsd', '<é/>'],
  ['Wider', 'Wider.xsd', '<é/>'],
  ['Marked.xsd', 'Marked.xsd', '<é/>'],
  ['same.xsd', 'Same', 'bare'],
])('finds %s as %s, whatever its encoding', async (asked, name, content) => {
  const terminal: Pick<Terminal, 'workingFolder'> = { workingFolder: place.folder };
  // Reading a folder touches nothing else of a terminal.
  const source = await openArtifactFolder(terminal as Terminal, '.');
  expect(await source.findArtifact('local', 'schema', asked)).toEqual({
    kind: 'schema',
    name,
    contentType: 'text/plain',
    content,
  });
  expect(await source.findArtifact('local', 'map', asked)).toBe(undefined);
  expect(await source.findArtifact('local', 'schema', 'Picture.png')).toBe(undefined);
});
