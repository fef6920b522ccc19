import type { Finding } from '../finding.ts';
import type { FindingCode } from '../finding-table.ts';
import { findingTable } from '../finding-table.ts';
import type { Loss } from '../loss.ts';
import { type LossCode, lossTable } from '../loss-table.ts';
import type { OpenedDescription, SourceFile } from '../open-description.ts';
import { type Details, fillTemplate } from '../source/message-template.ts';

/** What a package holds. `definition` is absent when there is none in it; then an error finding says so. */
export type Unpacked = {
  readonly definition?: OpenedDescription;
  readonly properties?: OpenedDescription;
  /** Its other files, by their names in the package. */
  readonly others: readonly SourceFile[];
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
};

/** What a description may come wrapped in. */
export type PackageKind = 'zip' | 'customApi';

/** One way to wrap a description together with what belongs to it. */
export type Container = {
  readonly kind: PackageKind;
  readonly isMeant: (opened: OpenedDescription) => boolean;
  readonly unpack: (opened: OpenedDescription) => Unpacked;
};

/** Something to say about a package as a whole, or a file in it. */
export function packageFinding(code: FindingCode, source: string, details: Details = {}): Finding {
  const [severity, template] = findingTable[code];
  return { code, severity, message: fillTemplate(template, details), source, pointer: '', line: 1, column: 1 };
}

export function packageLoss(code: LossCode, source: string, details: Details = {}): Loss {
  const [kind, template] = lossTable[code];
  return { code, kind, message: fillTemplate(template, details), source, pointer: '', line: 1, column: 1 };
}
