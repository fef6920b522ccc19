import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import type { LocalCallback } from '../local-callbacks.ts';

/** One run as text; README.md in this folder says what the members mean. */
export type HarnessCase = {
  readonly flow: JsonValue;
  readonly trigger?: JsonValue;
  readonly mocks?: { readonly [action: string]: JsonValue };
  readonly upstream?: { readonly [path: string]: readonly ScriptedAnswer[] };
  readonly callbacks?: { readonly [action: string]: readonly LocalCallback[] };
  readonly flows?: { readonly [name: string]: JsonValue };
  readonly artifacts?: { readonly [kind: string]: { readonly [name: string]: string | readonly string[] } };
  readonly absent?: readonly string[];
  /** Instead of `trigger`: the flow is started, and stopped some time later. */
  readonly life?: FlowLife;
  readonly expected: JsonValue;
};

/** What happens while a flow is started. */
export type FlowLife = {
  readonly hours: number;
  /** What comes in from outside: requests, and calls of an API that was subscribed to. */
  readonly requests?: readonly { readonly afterMs: number; readonly outputs: JsonValue }[];
  /** When an API says that there is something new, without saying what. */
  readonly notices?: readonly { readonly afterMs: number }[];
  /** What an API answers that is asked for events, one time after the other; the last answer stays. */
  readonly polls?: readonly ScriptedPoll[];
};

export type ScriptedPoll =
  | { readonly outputs?: JsonValue; readonly state?: JsonValue; readonly retryAfterMs?: number }
  | { readonly error: string; readonly retryable: boolean };

/** What an API answers: a response, or the failure of the call itself. */
export type ScriptedAnswer = {
  /** How long it takes; 0 unless told. */
  readonly afterMs?: number;
} & (
  | { readonly statusCode: number; readonly headers?: { readonly [name: string]: string }; readonly body?: JsonValue }
  | { readonly error: string; readonly retryable?: boolean }
);

export type CaseFile = { readonly path: string; readonly theme: string; readonly name: string };

/** The members that a case may have, to find misspelt ones. */
export const caseMembers: ReadonlySet<string> = new Set<keyof HarnessCase>([
  'flow',
  'trigger',
  'mocks',
  'upstream',
  'callbacks',
  'flows',
  'artifacts',
  'absent',
  'life',
  'expected',
]);

/** Every JSON file below a folder, with its theme (the folder that holds it) and its name. */
export function listCases(folder: string): readonly CaseFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({
      path: join(folder, path),
      theme: relative(folder, join(folder, path, '..'))
        .split(sep)
        .join('/'),
      name: basename(path, '.json'),
    }));
}

export function readCase({ path }: CaseFile): HarnessCase {
  return JSON.parse(readFileSync(path, 'utf8')) as HarnessCase;
}
