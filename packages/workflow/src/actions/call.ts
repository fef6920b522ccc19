import { toText, type Value } from '@patchbay/expression';
import type { ContentTransfer } from '../contract.ts';
import { parseDurationMs } from '../plan/duration.ts';
import { isWorkedOut } from '../plan/evaluated-limits.ts';
import { asNumeric, hasOperationOption, isObject, type JsonObject, member, memberAt } from '../plan/json.ts';
import { isRecord } from '../run/value-types.ts';
import { sanitizeAuthorization } from '../secure/authorization.ts';
import type { ActionSource, CompileContext } from './action-kind.ts';

/** What every kind of outbound call reads of its definition. */
export function readCallOptions(
  source: ActionSource,
  context: CompileContext,
): { readonly timeoutMs: number | undefined; readonly followsLocation: boolean } {
  const timeout = memberAt(source.definition, 'limit', 'timeout');
  const timeoutMs = typeof timeout === 'string' ? parseDurationMs(timeout) : undefined;
  if (timeout !== undefined && timeoutMs === undefined && !isWorkedOut(timeout)) {
    const message = `the timeout of "${source.name}" must be a duration such as PT30S`;
    context.report('action-invalid', 'error', message, `${source.pointer}/limit/timeout`);
  }
  return { timeoutMs, followsLocation: !hasOperationOption(source.definition, 'DisableAsyncPattern') };
}

/** `runtimeConfiguration.paginationPolicy.minimumItemCount` of a connector's action, as a member of its call; nothing when not said. */
export function readPagination(source: ActionSource, context: CompileContext): { readonly minimumItemCount?: number } {
  const configured = memberAt(source.definition, 'runtimeConfiguration', 'paginationPolicy', 'minimumItemCount');
  if (configured === undefined || configured === null) return {};
  const minimumItemCount = asNumeric(configured);
  if (Number.isInteger(minimumItemCount) && minimumItemCount >= 1) return { minimumItemCount };
  const message = `the minimumItemCount of "${source.name}" must be a whole number from 1, not ${JSON.stringify(configured)}`;
  context.report('action-invalid', 'error', message, `${source.pointer}/runtimeConfiguration/paginationPolicy`);
  return {};
}

const bytesOfMegabyte = 1024 * 1024;
const largestChunkMb = 100;

/** `runtimeConfiguration.contentTransfer` as a member of the call; nothing unless it says `Chunked`. */
export function readContentTransfer(
  source: ActionSource,
  context: CompileContext,
): { readonly contentTransfer?: ContentTransfer } {
  const configured = memberAt(source.definition, 'runtimeConfiguration', 'contentTransfer');
  const mode = member(configured, 'transferMode');
  if (typeof mode !== 'string' || mode.toLowerCase() !== 'chunked') return {};
  const chunkBytes = (name: string): number | undefined => {
    const given = member(configured, name);
    if (given === undefined || given === null) return undefined;
    const megabytes = asNumeric(given);
    if (Number.isInteger(megabytes) && megabytes >= 1 && megabytes <= largestChunkMb)
      return megabytes * bytesOfMegabyte;
    const message = `the ${name} of "${source.name}" must be a whole number from 1 to ${largestChunkMb}, not ${JSON.stringify(given)}`;
    context.report('action-invalid', 'error', message, `${source.pointer}/runtimeConfiguration/contentTransfer`);
    return undefined;
  };
  const [upload, download] = [chunkBytes('uploadChunkSizeInMB'), chunkBytes('downloadChunkSizeInMB')];
  return {
    contentTransfer: {
      ...(upload !== undefined && { uploadChunkBytes: upload }),
      ...(download !== undefined && { downloadChunkBytes: download }),
    },
  };
}

/** Whether the address that an action calls is told who asks, as a member of the call; nothing unless it is not. */
export function readTracking(source: ActionSource): { readonly isUntracked?: true } {
  return hasOperationOption(source.definition, 'SuppressWorkflowHeaders') ? { isUntracked: true } : {};
}

/** The inputs without what is not part of the request. */
export function requestInputs(source: ActionSource, omitted: readonly string[]): JsonObject {
  if (!isObject(source.inputs)) return {};
  return Object.fromEntries(Object.entries(source.inputs).filter(([key]) => !omitted.includes(key.toLowerCase())));
}

/** An object of values; nothing of anything else. */
export function readRecord(value: Value | undefined): { readonly [name: string]: Value } {
  return isRecord(value) ? value : {};
}

/** A member of evaluated inputs as text; `undefined` when absent or null. */
export function readText(value: Value | undefined): string | undefined {
  return value === undefined || value === null ? undefined : toText(value);
}

/** Evaluated inputs as history shows them: without what authenticates. */
export function withoutAuthentication(inputs: Value): Value {
  if (!isRecord(inputs)) return inputs;
  const { authentication: _hidden, ...shown } = inputs;
  const { headers } = shown;
  return isRecord(headers) ? { ...shown, headers: sanitizeAuthorization(headers) } : shown;
}
