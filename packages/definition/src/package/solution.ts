import type { Loss } from '../loss.ts';
import type { JsonObject } from '../model.ts';
import { openDescription, type SourceFile } from '../open-description.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { decodeSource } from '../source/source-text.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { isElement, textOf, type XmlElement } from '../xml/xml-element.ts';
import { packageFinding, packageLoss, type Unpacked } from './container.ts';
import { composedDocument } from './part-documents.ts';

/** The files of a connector in an exported solution, by what they hold of `apiProperties.json` (management-api of the ecosystem). */
const parts: Readonly<Record<string, string>> = {
  connectionparameters: 'connectionParameters',
  connectionparametersets: 'connectionParameterSets',
  policytemplateinstances: 'policyTemplateInstances',
  scriptoperations: 'scriptOperations',
  capabilities: 'capabilities',
};

const definitionPattern = /(?:^|\/)connectors?\/([^/]+)_openapidefinition\.json$/i;

export function isOfSolution(name: string): boolean {
  return definitionPattern.test(name);
}

/** The first connector of an exported solution. Which files are whose is told by their names. */
export function readSolution(files: readonly SourceFile[], source: string): Unpacked {
  const [definition, ...others] = files.filter(({ name }) => isOfSolution(name));
  if (definition === undefined) {
    return { others: [], findings: [packageFinding('package-without-definition', source)], losses: [] };
  }
  const losses: readonly Loss[] = others.map(({ name }) =>
    packageLoss('package-several-connectors', source, { name, kept: definition.name }),
  );
  const base = definition.name.replace(/_openapidefinition\.json$/i, '');
  const opened = openDescription(definition);
  const found = openParts(files, base);
  const first = [...found.documents.values()][0] ?? opened.description.document;
  const color = brandColor(files, connectorName(definition.name));
  const further: JsonObject = color === undefined ? {} : { iconBrandColor: color };
  return {
    definition: opened,
    ...(first !== undefined && {
      properties: {
        description: {
          source: first.source,
          bytes: new Uint8Array(),
          document: composedDocument(first, found.documents, further),
        },
        findings: found.findings,
      },
    }),
    others: [],
    findings: [],
    losses,
  };
}

function openParts(files: readonly SourceFile[], base: string) {
  const documents = new Map<string, SourceDocument>();
  const findings = [];
  for (const [suffix, member] of Object.entries(parts)) {
    const file = files.find(({ name }) => name.toLowerCase() === `${base}_${suffix}.json`.toLowerCase());
    if (file === undefined) continue;
    const opened = openDescription(file);
    findings.push(...opened.findings);
    // A member that the connector does not have is exported as null.
    const { document } = opened.description;
    if (document !== undefined && document.root !== null) documents.set(member, document);
  }
  return { documents, findings };
}

function connectorName(file: string): string {
  return (definitionPattern.exec(file)?.[1] ?? '').toLowerCase();
}

/** The colour stands in the solution's own document, beside the connector's name. */
function brandColor(files: readonly SourceFile[], name: string): string | undefined {
  const file = files.find((one) => /(^|\/)customizations\.xml$/i.test(one.name));
  const root = file && parseXml(decodeSource(file.name, file.content).source.text).root;
  if (root === undefined) return undefined;
  const connectors = below(below([root], 'Connectors'), 'Connector');
  const own = connectors.find((one) => textBelow(one, 'name')?.toLowerCase() === name) ?? connectors[0];
  return own && textBelow(own, 'iconbrandcolor');
}

function below(elements: readonly XmlElement[], local: string): readonly XmlElement[] {
  return elements.flatMap((element) =>
    element.children.filter((node): node is XmlElement => isElement(node) && node.local === local),
  );
}

function textBelow(element: XmlElement, local: string): string | undefined {
  const [found] = below([element], local);
  return found && textOf(found).trim();
}
