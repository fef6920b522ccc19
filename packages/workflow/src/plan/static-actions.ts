import type { JsonValue } from '@patchbay/expression';
import { entriesOf, member, memberAt, textMember } from './json.ts';

/** Names, in lower case, of the actions of a definition in whose place a static result stands: history tells that they were not executed. */
export function staticActions(definition: JsonValue): ReadonlySet<string> {
  if (!/"staticresult"/i.test(JSON.stringify(definition))) return new Set();
  return new Set(namesIn(member(definition, 'actions')));
}

function namesIn(actions: JsonValue | undefined): readonly string[] {
  return entriesOf(actions).flatMap(([name, action]) => {
    const blocks = [
      member(action, 'actions'),
      memberAt(action, 'else', 'actions'),
      memberAt(action, 'default', 'actions'),
      ...entriesOf(member(action, 'cases')).map(([, branch]) => member(branch, 'actions')),
    ];
    return [...(staticResultName(action) === undefined ? [] : [name.toLowerCase()]), ...blocks.flatMap(namesIn)];
  });
}

/** Which of the definition's `staticResults` stands in for an action; `undefined` where none does, or it is disabled. */
export function staticResultName(action: JsonValue): string | undefined {
  const reference = memberAt(action, 'runtimeConfiguration', 'staticResult');
  const isEnabled = (textMember(reference, 'staticResultOptions') ?? 'Enabled').toLowerCase() === 'enabled';
  return isEnabled ? textMember(reference, 'name') : undefined;
}
