import type { BuiltIn } from '../xsd/schema-model.ts';

/** How the text of a flat file is laid out: what the annotations of a BizTalk flat-file schema say. */
export type FlatFile = {
  readonly root: RecordLayout;
  readonly settings: FlatFileSettings;
};

export type FlatFileSettings = {
  /** Fields without a value are left out of the XML. */
  readonly suppressesEmpty: boolean;
  /** A line may end before its last fields. */
  readonly endsEarly: boolean;
};

export type Layout = RecordLayout | FieldLayout | GroupLayout;

type Occurs = { readonly minOccurs: number; readonly maxOccurs: number };

export type RecordLayout = Occurs & {
  readonly kind: 'record';
  readonly name: string;
  readonly namespace: string;
  readonly structure: 'delimited' | 'positional';
  readonly tag: string;
  /** Characters before the tag of a positional record. */
  readonly tagOffset: number;
  readonly delimiter: string;
  readonly order: 'prefix' | 'infix' | 'postfix';
  /** The sign before a delimiter that is text. */
  readonly escapeSign: string;
  readonly preservesEmpty: boolean;
  readonly suppressesTrailing: boolean;
  /** In the order of the text. */
  readonly children: readonly Layout[];
};

/** Alternatives, or a sequence that comes several times. */
export type GroupLayout = Occurs & {
  readonly kind: 'group';
  readonly isChoice: boolean;
  readonly children: readonly Layout[];
};

export type FieldLayout = Occurs & {
  readonly kind: 'field';
  readonly name: string;
  readonly namespace: string;
  readonly isAttribute: boolean;
  readonly base: BuiltIn;
  readonly justification: 'left' | 'right';
  /** Empty: nothing is padded. */
  readonly pad: string;
  readonly wrap: string;
  /** Characters between the end of what came before and the field. */
  readonly offset: number;
  readonly length: number | undefined;
  readonly minimumLength: number;
  /** Of a date, e.g. `yyyyMMdd`. */
  readonly dateFormat: string;
};
