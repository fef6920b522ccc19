import { parsePolicyPath, parseSubPath } from '@patchbay/definition';
import type { PolicyTemplate } from '../policy.ts';
import { isObject, readAt, writeAt } from '../property-path.ts';

/** Moves a property elsewhere in the body, or only what it holds. */
export const moveProperties: PolicyTemplate = {
  templateId: 'moveproperties',
  compile: (values) => {
    const path = (parent: string, below: string) => [
      ...(parsePolicyPath(values.get(parent))?.path ?? []),
      ...(parseSubPath(values.get(below)) ?? []),
    ];
    const [from, to] = [path('srcParentPath', 'srcSubPath'), path('dstParentPath', 'dstSubPath')];
    const isSpread = values.text('copyOnlySubProperties', 'false').toLowerCase() === 'true';
    return {
      on: 'body',
      apply: (body) => {
        const moved = readAt(body, from);
        if (moved === undefined || from.length === 0) return body;
        const rest = writeAt(body, from, undefined);
        if (!isSpread) return writeAt(rest, [...to, from.at(-1) ?? ''], moved);
        const target = readAt(rest, to);
        if (!isObject(moved)) return body;
        const merged = Object.fromEntries([
          ...Object.entries(isObject(target) ? target : {}),
          ...Object.entries(moved),
        ]);
        return writeAt(rest, to, merged);
      },
    };
  },
};
