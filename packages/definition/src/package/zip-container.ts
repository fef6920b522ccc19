import type { Finding } from '../finding.ts';
import { formats } from '../formats.ts';
import type { Loss } from '../loss.ts';
import { type OpenedDescription, openDescription, type SourceFile } from '../open-description.ts';
import { type Container, packageFinding, packageLoss, type Unpacked } from './container.ts';
import { type ReadZip, readZip } from './read-zip.ts';
import { isOfSolution, readSolution } from './solution.ts';

/** A zip archive: a connector's folder, an exported solution with a connector in it, or a description in several files. */
export const zipContainer: Container = {
  kind: 'zip',
  isMeant: ({ description: { bytes } }) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4,
  unpack: ({ description: { source, bytes } }) => {
    const read = readZip(bytes, isWanted);
    const found = find(read, source.name);
    const findings: readonly Finding[] =
      read.problem === undefined
        ? found.findings
        : [packageFinding('package-unreadable', source.name, { why: read.problem }), ...found.findings];
    return { ...found, findings };
  },
};

/** Texts that descriptions are made of, and what is told of although it is not carried over. */
function isWanted(name: string): boolean {
  return /\.(json|ya?ml|wsdl|xsd|xml|csx|txt|har)$|_customcodeblobcontent$/i.test(name);
}

function find({ files, problem }: ReadZip, source: string): Unpacked {
  const scripts = files.filter(({ name }) => /\.csx$|_customcodeblobcontent$/i.test(name));
  const losses: readonly Loss[] = scripts.map(({ name }) => packageLoss('package-script', source, { name }));
  if (files.some(({ name }) => isOfSolution(name))) {
    const solution = readSolution(files, source);
    return { ...solution, losses: [...solution.losses, ...losses] };
  }
  const definition = findDefinition(files);
  if (definition === undefined) {
    const findings = problem === undefined ? [packageFinding('package-without-definition', source)] : [];
    return { others: [], findings, losses };
  }
  const folder = folderOf(definition.name);
  const properties = files.find(({ name }) => name.toLowerCase() === `${folder}apiproperties.json`.toLowerCase());
  return {
    definition: openDescription(definition),
    ...(properties !== undefined && { properties: openDescription(properties) }),
    others: files.filter((file) => file !== definition && file !== properties),
    findings: [],
    losses,
  };
}

/** By the name of the ecosystem, then by what is in it; what is less deep comes first. */
function findDefinition(files: readonly SourceFile[]): SourceFile | undefined {
  const byDepth = files.toSorted((left, right) => depthOf(left.name) - depthOf(right.name));
  return (
    byDepth.find(({ name }) => /(^|\/)apidefinition\.swagger\.json$/i.test(name)) ??
    byDepth.find(({ name }) =>
      /\.(swagger|openapi)\.(json|ya?ml)$|(^|\/)(swagger|openapi)\.(json|ya?ml)$/i.test(name),
    ) ??
    byDepth.find((file) => isDescription(openDescription(file)))
  );
}

function isDescription({ description }: OpenedDescription): boolean {
  return formats.some((format) => format.isMeant(description));
}

function depthOf(name: string): number {
  return name.split('/').length;
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}
