import { resolvePrefix } from '../xml/node.ts';
import type { CompileContext } from './compile-context.ts';

const pattern = /^(?:([\p{L}_][\p{L}\p{N}\p{M}._\-\u00B7]*):)?([\p{L}_][\p{L}\p{N}\p{M}._\-\u00B7]*)$/u;

/** A name that was worked out, in the namespace given or as its prefix reads where the instruction stands. */
export function makeName(
  text: string,
  namespace: string | undefined,
  context: CompileContext,
  usesDefault: boolean,
): { readonly namespace: string; readonly prefix: string; readonly local: string } {
  const [, prefix = '', local] = pattern.exec(text.trim()) ?? [];
  if (local === undefined) throw new SyntaxError(`"${text}" is not a name`);
  if (namespace !== undefined) return { namespace, prefix: namespace === '' ? '' : prefix, local };
  if (prefix === '') return { namespace: usesDefault ? (resolvePrefix(context.element, '') ?? '') : '', prefix, local };
  const found = resolvePrefix(context.element, prefix);
  if (found === undefined) throw new SyntaxError(`the prefix of "${text}" is not declared`);
  return { namespace: found, prefix, local };
}
