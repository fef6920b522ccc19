import { type Json, request } from './request.ts';

/** One step of a call, before and after; secrets are shown as `***`. */
export type Step = {
  readonly id: string;
  readonly step: string;
  readonly name?: string;
  readonly before: Json;
  readonly after: Json;
  readonly edited?: boolean;
};

/** What a call came to, or would come to. */
export type Explained = {
  readonly ok: boolean;
  readonly durationMs: number;
  readonly request: { readonly method: string; readonly url: string };
  readonly response?: { readonly statusCode: number; readonly body: Json };
  readonly error?: { readonly code: string; readonly message: string };
  /** Where it went wrong, what the API said and what is likely to help. */
  readonly diagnosis?: {
    readonly step: string;
    readonly policy?: string;
    readonly said?: string;
    readonly fix: string;
  };
  readonly trace: readonly Step[];
};

export type Explaining = {
  readonly operationId: string;
  readonly parameters: { readonly [name: string]: Json };
  readonly send: boolean;
  /** A step to go on from, with what is to stand in the place of its after. */
  readonly replay?: { readonly from: string; readonly value: Json };
};

export function explainOperation(connection: string, { operationId, ...body }: Explaining): Promise<Explained> {
  const path = `/api/connections/${encodeURIComponent(connection)}/operations/${encodeURIComponent(operationId)}/explain`;
  return request('POST', path, body);
}
