import type { OpenedDescription } from '../open-description.ts';
import type { Container, PackageKind, Unpacked } from './container.ts';
import { customApiContainer } from './custom-api.ts';
import { zipContainer } from './zip-container.ts';

/** Every kind of package, in the order in which they are asked whether they are meant. */
const containers: readonly Container[] = [zipContainer, customApiContainer];

/** What a package holds; undefined for what is none. */
export function unpack(opened: OpenedDescription): (Unpacked & { readonly kind: PackageKind }) | undefined {
  const container = containers.find((one) => one.isMeant(opened));
  return container && { ...container.unpack(opened), kind: container.kind };
}
