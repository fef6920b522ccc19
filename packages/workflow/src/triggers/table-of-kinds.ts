import { apiConnection } from './api-connection.ts';
import { apiConnectionNotification } from './api-connection-notification.ts';
import { apiConnectionWebhook } from './api-connection-webhook.ts';
import { batchTrigger } from './batch.ts';
import { httpTrigger } from './http.ts';
import { httpWebhook } from './http-webhook.ts';
import { openApiConnection } from './open-api-connection.ts';
import { openApiConnectionNotification } from './open-api-connection-notification.ts';
import { openApiConnectionWebhook } from './open-api-connection-webhook.ts';
import { recurrenceTrigger } from './recurrence.ts';
import { manual, request } from './request.ts';
import { serviceProvider } from './service-provider.ts';
import { slidingWindow } from './sliding-window.ts';
import { start } from './start.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Every kind of trigger there is. */
export const triggerKinds: readonly TriggerKind[] = [
  request,
  manual,
  recurrenceTrigger,
  slidingWindow,
  batchTrigger,
  httpTrigger,
  httpWebhook,
  apiConnection,
  apiConnectionWebhook,
  apiConnectionNotification,
  openApiConnection,
  openApiConnectionWebhook,
  openApiConnectionNotification,
  serviceProvider,
  start,
];

/** The kind of a type name in any case. */
export function findTriggerKind(type: string): TriggerKind | undefined {
  const lowerType = type.toLowerCase();
  return triggerKinds.find((kind) => kind.type.toLowerCase() === lowerType);
}
