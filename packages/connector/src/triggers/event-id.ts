import { type JsonValue, parseSubPath, type TriggerModel } from '@patchbay/definition';
import { readAt } from '../policies/property-path.ts';
import type { RawNotification } from './verify-notification.ts';

/** The id that a notification itself has, where its trigger says so and it is there. */
export function eventIdOf(
  trigger: TriggerModel | undefined,
  { headers }: Pick<RawNotification, 'headers'>,
  body: JsonValue,
): string | undefined {
  const header = trigger?.signature?.rule?.eventIdHeader;
  const place = trigger?.eventId ?? (header === undefined ? undefined : { kind: 'header' as const, name: header });
  if (place === undefined) return undefined;
  const value =
    place.kind === 'header' ? headers[place.name.toLowerCase()] : readAt(body, parseSubPath(place.name) ?? []);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
