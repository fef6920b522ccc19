import { applyImports } from './apply-imports.ts';
import { applyTemplatesInstruction } from './apply-templates.ts';
import { attribute } from './attribute.ts';
import { callTemplate } from './call-template.ts';
import { choose } from './choose.ts';
import { comment } from './comment.ts';
import { copy } from './copy.ts';
import { copyOf, sequence } from './copy-of.ts';
import { element } from './element.ts';
import { fallback } from './fallback.ts';
import { forEach } from './for-each.ts';
import { ifInstruction } from './if.ts';
import type { InstructionKind } from './instruction-kind.ts';
import { message } from './message.ts';
import { number } from './number.ts';
import { processingInstruction } from './processing-instruction.ts';
import { text } from './text.ts';
import { valueOfInstruction } from './value-of.ts';
import { param, variable } from './variable.ts';

/** Every instruction of XSLT 1.0, and `sequence` of later versions. */
export const instructionKinds: readonly InstructionKind[] = [
  applyImports,
  applyTemplatesInstruction,
  attribute,
  callTemplate,
  choose,
  comment,
  copy,
  copyOf,
  element,
  fallback,
  forEach,
  ifInstruction,
  message,
  number,
  param,
  processingInstruction,
  sequence,
  text,
  valueOfInstruction,
  variable,
];
