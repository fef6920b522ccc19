import { type ReadZip, readZip } from './read-zip.ts';

const maximumArchives = 20;
const maximumBytes = 200 * 1024 * 1024;

/**
 * {@link readZip}, and the same of archives within the archive, as packages of several solutions hold them: their files are named below
 * the archive's own name. One level deep, and within the bounds of one archive altogether.
 */
export function readNestedZip(bytes: Uint8Array, isWanted: (name: string) => boolean): ReadZip {
  const outer = readZip(bytes, (name) => isWanted(name) || isArchive(name));
  const files: ReadZip['files'][number][] = [];
  let [archives, total, problem] = [0, 0, outer.problem];
  for (const file of outer.files) {
    const { name, content } = file;
    if (!isArchive(name) || typeof content === 'string') {
      files.push(file);
      continue;
    }
    archives += 1;
    const inner = archives > maximumArchives || total > maximumBytes ? refused : readZip(content, isWanted);
    for (const one of inner.files) {
      total += one.content.length;
      files.push({ ...one, name: `${name}/${one.name}` });
    }
    if (inner.problem !== undefined) problem ??= `${name} within it: ${inner.problem}`;
  }
  return problem === undefined ? { files } : { files, problem };
}

const refused: ReadZip = {
  files: [],
  problem: `there are more than ${maximumArchives} archives, or more in them than is read`,
};

function isArchive(name: string): boolean {
  return /\.zip$/i.test(name);
}
