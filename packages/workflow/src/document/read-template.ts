import type { JsonValue } from '@patchbay/expression';
import { isArray, isObject, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import type { ReadContext } from './read-context.ts';
import { readResource, readValues } from './read-resource.ts';
import { isTemplateExpression } from './template/parse-template-expression.ts';
import { TemplateScope } from './template/template-scope.ts';

const maximumDepth = 10;

/** Whether a document is an ARM template, or has resources like one. */
export function isTemplate(root: JsonValue): boolean {
  const resources = member(root, 'resources');
  return isArray(resources) || isObject(resources);
}

type Template = {
  readonly file: string;
  readonly pointer: string;
  readonly root: JsonValue;
  readonly scope: TemplateScope;
  readonly depth: number;
};

/** Every workflow of an ARM template, of resources within resources and templates within it, its expressions resolved as far as they can be. */
export function readTemplate(
  { name, root }: { readonly name: string; readonly root: JsonValue },
  given: JsonObject,
  context: ReadContext,
): readonly FlowDocument[] {
  const scope = new TemplateScope(root, given, context.place);
  const found = readResources({ file: name, pointer: '', root, scope, depth: 0 }, context);
  if (scope.asksForPlace) {
    context.report('template-deployment-assumed', { file: name, pointer: '' }, { ...context.place });
  }
  return found;
}

function readResources(template: Template, context: ReadContext): readonly FlowDocument[] {
  const { root, pointer, depth } = template;
  const resources = member(root, 'resources');
  if (depth > maximumDepth || !(isArray(resources) || isObject(resources))) return [];
  return Object.entries(resources).flatMap(([key, resource]) => {
    const at = `${pointer}/resources/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const type = textMember(resource, 'type')?.toLowerCase();
    if (type === 'microsoft.logic/workflows') return readWorkflow(template, resource, at, context);
    if (type === 'microsoft.resources/deployments') return readDeployment(template, resource, at, context);
    return readResources({ ...template, root: resource, pointer: at, depth: depth + 1 }, context);
  });
}

function readWorkflow(
  { file, scope }: Template,
  resource: JsonValue,
  pointer: string,
  context: ReadContext,
): readonly FlowDocument[] {
  const count = memberAt(resource, 'copy', 'count');
  if (count !== undefined) {
    const text = typeof count === 'number' ? count : JSON.stringify(count);
    context.report('template-copied-once', { file, pointer }, { count: text });
  }
  const values = member(member(resource, 'properties'), 'parameters');
  // Where it is deployed and what it depends on is no part of the flow.
  const { location: _location, tags: _tags, dependsOn: _dependsOn, ...described } = isObject(resource) ? resource : {};
  const resolved = scope.resolve(described, pointer, (at, text, why) => {
    if (!at.startsWith(`${pointer}/properties/parameters/`))
      context.report('template-expression-unresolved', { file, pointer: at }, { text: shortened(text), why });
  });
  // A definition may be an expression itself: a parameter or a variable that holds all of it.
  if (!isObject(memberAt(resolved, 'properties', 'definition'))) return [];
  const flow = readResource(resolved, { file, pointer, name: 'workflow' });
  if (flow === undefined) return [];
  const parameters = Object.entries(flow.parameters).filter(([name, value]) => {
    const why = unknownValue(member(values, name), value, scope);
    if (why === undefined) return true;
    context.report(
      'template-parameter-left-out',
      { file, pointer: `${pointer}/properties/parameters/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` },
      { name, why },
    );
    return false;
  });
  return [{ ...flow, parameters: Object.fromEntries(parameters) }];
}

/** Why a value of a parameter is none before the template is deployed. */
function unknownValue(source: JsonValue | undefined, value: JsonValue, scope: TemplateScope): string | undefined {
  if (isObject(source) && isObject(member(source, 'reference')) && member(source, 'value') === undefined)
    return 'it is in a key vault';
  const text = isObject(source) ? member(source, 'value') : source;
  if (typeof text !== 'string' || text !== value || !isTemplateExpression(text)) return undefined;
  let why: string | undefined;
  scope.resolve(text, '', (_at, _text, reason) => {
    why = reason;
  });
  return why;
}

/** A template within a template: with parameters of its own when it says so, else with those of the outer one. */
function readDeployment(
  template: Template,
  resource: JsonValue,
  pointer: string,
  context: ReadContext,
): readonly FlowDocument[] {
  const root = memberAt(resource, 'properties', 'template');
  if (root === undefined) return [];
  const evaluated = textMember(memberAt(resource, 'properties', 'expressionEvaluationOptions'), 'scope');
  const isInner = evaluated?.toLowerCase() === 'inner';
  const given = readValues(memberAt(resource, 'properties', 'parameters'));
  const scope = isInner ? new TemplateScope(root, onlyResolved(given, template.scope), context.place) : template.scope;
  return readResources(
    { ...template, root, scope, pointer: `${pointer}/properties/template`, depth: template.depth + 1 },
    context,
  );
}

function onlyResolved(given: JsonObject, scope: TemplateScope): JsonObject {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      let isKnown = true;
      const resolved = scope.resolve(value, '', () => {
        isKnown = false;
      });
      return isKnown ? [[name, resolved]] : [];
    }),
  );
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
