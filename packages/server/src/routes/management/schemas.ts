import type { JsonValue } from '@patchbay/definition';
import { z } from 'zod';

/** Schemas that several endpoints of the compatible surface take. Unknown members are let through, as its clients send many. */

// A body is parsed as JSON before any schema sees it, so there is nothing left to check.
export const jsonValue = z.unknown() as z.ZodType<JsonValue>;
export const jsonObject = z.record(z.string(), jsonValue);

/** `api-version` is always sent; any value will do. */
const version = { 'api-version': z.string().optional() };

export const versionQuery = z.looseObject(version);
export const filterQuery = z.looseObject({
  ...version,
  $filter: z.string().optional().describe("OData, e.g. environment eq 'Default'"),
});

export const apiParams = z.object({ api: z.string() });
export const connectionParams = z.object({ api: z.string(), connection: z.string() });
export const environmentParams = z.object({ environment: z.string() });
export const flowParams = z.object({ environment: z.string(), flow: z.string() });
export const triggerParams = z.object({ environment: z.string(), flow: z.string(), trigger: z.string() });
export const historyParams = z.object({
  environment: z.string(),
  flow: z.string(),
  trigger: z.string(),
  history: z.string(),
});
export const runParams = z.object({ environment: z.string(), flow: z.string(), run: z.string() });
export const actionParams = z.object({
  environment: z.string(),
  flow: z.string(),
  run: z.string(),
  action: z.string(),
});

/** A named thing of the compatible surface. */
export const resource = z.looseObject({
  name: z.string(),
  id: z.string(),
  type: z.string(),
  properties: z.looseObject({}),
});
export const resourceList = z.object({ value: z.array(resource), nextLink: z.string().optional() });

/** Of the compatible surface only a JSON object is ever a body; missing means empty. */
export const optionalBody = z.looseObject({}).nullish();
