import type { JsonValue } from '@patchbay/expression';
import { pointerTo } from '../../findings.ts';
import { entriesOf, isArray, isObject, member } from '../../plan/json.ts';
import { knownType } from '../known-type.ts';
import type { FlowRule, Report } from '../rule.ts';

/** Actions, lower-case, that go through what their `from` answers. */
const going: ReadonlySet<string> = new Set(['query', 'select', 'table', 'join']);
const ordering: ReadonlySet<string> = new Set(['greater', 'greaterorequals', 'less', 'lessorequals']);
const ofTexts: ReadonlySet<string> = new Set(['startswith', 'endswith']);

export const valueType: FlowRule = {
  code: 'value-type',
  severity: 'warning',
  title: 'A loop is given an array, a condition a boolean, and a comparison what can be compared, where that is known.',
  why: 'A value that is written down, or the answer of a function that is always of one type, fails whenever the action is reached if that type is another.',
  bad: `{ "actions": { "Each": { "type": "Foreach", "foreach": "@concat('a', 'b')", "actions": {} } } }`,
  good: `{ "actions": { "Each": { "type": "Foreach", "foreach": "@createArray('a', 'b')", "actions": {} } } }`,
  check({ actions, triggers }, report) {
    for (const { name, definition, pointer } of triggers) {
      const conditions = member(definition, 'conditions');
      for (const [index, condition] of (isArray(conditions) ? conditions : []).entries())
        expectCondition(name, member(condition, 'expression'), `${pointer}/conditions/${index}/expression`, report);
    }
    for (const { kind, definition, inputs, pointer, name } of actions) {
      if (kind === 'foreach') expectArray(name, member(definition, 'foreach'), `${pointer}/foreach`, report);
      if (going.has(kind)) expectArray(name, member(inputs, 'from'), `${pointer}/inputs/from`, report);
      if (kind === 'query') expectCondition(name, member(inputs, 'where'), `${pointer}/inputs/where`, report);
      if (kind === 'if' || kind === 'until')
        expectCondition(name, member(definition, 'expression'), `${pointer}/expression`, report);
    }
  },
};

function expectArray(name: string, value: JsonValue | undefined, pointer: string, report: Report): void {
  if (value === undefined) return;
  const type = knownType(value);
  if (type === undefined || type === 'Array') return;
  report(
    pointer,
    `"${name}" goes through an array, and is given a value of type ${type}: that fails when it is reached`,
  );
}

/** A condition as an If has it; the compiler has said what is none. */
function expectCondition(name: string, value: JsonValue | undefined, pointer: string, report: Report): void {
  if (isObject(value)) {
    for (const [key, operand] of entriesOf(value)) expectTerm(name, key, operand, pointerTo(pointer, key), report);
    return;
  }
  if (typeof value !== 'string') return;
  const type = knownType(value);
  if (type === undefined || type === 'Boolean') return;
  report(
    pointer,
    `the condition of "${name}" is to be true or false, and is a value of type ${type}: that fails when it is reached`,
  );
}

function expectTerm(name: string, key: string, operand: JsonValue, pointer: string, report: Report): void {
  const operator = key.toLowerCase();
  if (operator === 'and' || operator === 'or') {
    const parts = isArray(operand) ? operand : [operand];
    for (const [index, part] of parts.entries()) expectCondition(name, part, pointerTo(pointer, `${index}`), report);
  } else if (operator === 'not') {
    expectCondition(name, isArray(operand) && operand.length === 1 ? operand[0] : operand, pointer, report);
  } else if (isArray(operand) && operand.length === 2 && (ordering.has(operator) || ofTexts.has(operator))) {
    const types = operand.map(knownType);
    const known = new Set(types.filter((type) => type !== undefined));
    const isWrong = [...known].some((type) => type !== 'String' && (type !== 'Number' || ofTexts.has(operator)));
    if (!isWrong && known.size < 2) return;
    const takes = ofTexts.has(operator) ? 'two texts' : 'two numbers or two texts';
    const given = types.map((type) => (type === undefined ? 'a value' : `a value of type ${type}`)).join(' and ');
    report(pointer, `"${key}" of "${name}" compares ${takes}, and is given ${given}: that fails when it is reached`);
  }
}
