import { type JsonObject, member, textMember } from '../plan/json.ts';
import { type DocumentFinding, documentFinding } from './document-finding.ts';
import type { FlowDocument, FlowFile } from './flow-document.ts';
import { baseName, maximumLevels, nestsTooDeep, type ReadContext } from './read-context.ts';
import { readListed } from './read-listed.ts';
import { readValues } from './read-resource.ts';
import { isOfSolution, readSolutionFlow, readSolutionParts } from './read-solution.ts';
import { readStandard } from './read-standard.ts';
import { isTemplate, readTemplate } from './read-template.ts';
import type { DeploymentPlace } from './template/unresolved.ts';

export type ReadFlowsOptions = {
  /** Where an ARM template is deployed, as far as its expressions ask. */
  readonly deployment?: Partial<DeploymentPlace>;
};

export type ReadFlows = { readonly flows: readonly FlowDocument[]; readonly findings: readonly DocumentFinding[] };

const usualPlace: DeploymentPlace = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'default',
  location: 'westeurope',
};

/** Files that belong to flows and are none. */
const companions: ReadonlySet<string> = new Set([
  'apismap.json',
  'connections.json',
  'connectionsmap.json',
  'environmentvariablevalues.json',
  'host.json',
  'local.settings.json',
  'manifest.json',
  'parameters.json',
]);

/** Which files of a folder or an archive are worth reading for its flows. */
export function isFileOfFlows(name: string): boolean {
  return /\.json$|(^|\/)(customizations|environmentvariabledefinition)\.xml$|\.json\.data\.xml$/i.test(name);
}

/**
 * Reads every flow that files hold, in whatever form: a definition, one with what belongs to it, an ARM resource or template, a Standard
 * project, a flow package, a solution, a list or a row of a management surface. Never throws: what is wrong with the documents is a finding.
 */
export function readFlows(files: readonly FlowFile[], options: ReadFlowsOptions = {}): ReadFlows {
  const findings: DocumentFinding[] = [];
  const context: ReadContext = {
    files: files.filter((file) => {
      if (file.kind === 'text' || !nestsTooDeep(file.root)) return true;
      findings.push(documentFinding('document-too-deep', { file: file.name, pointer: '' }, { levels: maximumLevels }));
      return false;
    }),
    place: { ...usualPlace, ...options.deployment },
    report: (code, place, details) => findings.push(documentFinding(code, place, details)),
  };
  const parts = readSolutionParts(context.files);
  const given = templateParameters(context.files);
  const flows = context.files.flatMap((file): readonly FlowDocument[] => {
    if (file.kind === 'text' || companions.has(baseName(file.name).toLowerCase())) return [];
    const found = isOfSolution(file) ? readSolutionFlow(file, parts) : undefined;
    if (found !== undefined) return [found];
    if (baseName(file.name).toLowerCase() === 'workflow.json') return listOf(readStandard(file, context));
    if (isTemplate(file.root)) return readTemplate(file, given, context);
    return readListed(file.root, { file: file.name, pointer: '', name: nameOf(file.name) }, context);
  });
  if (flows.length === 0 && !findings.some(({ severity }) => severity === 'error')) {
    findings.push(documentFinding('definition-missing', { file: files[0]?.name ?? '', pointer: '' }));
  }
  return { flows, findings };
}

function listOf(flow: FlowDocument | undefined): readonly FlowDocument[] {
  return flow === undefined ? [] : [flow];
}

function nameOf(file: string): string {
  return baseName(file).replace(/(\.definition)?\.json$/i, '') || 'workflow';
}

/** The values of a template's parameters, from a file of parameters beside it. */
function templateParameters(files: readonly FlowFile[]): JsonObject {
  const found = files.flatMap((file) => {
    const schema = file.kind === 'json' ? textMember(file.root, '$schema') : undefined;
    return file.kind === 'json' && schema !== undefined && /deploymentParameters\.json/i.test(schema)
      ? [readValues(member(file.root, 'parameters'))]
      : [];
  });
  return Object.fromEntries(found.flatMap((one) => Object.entries(one)));
}
