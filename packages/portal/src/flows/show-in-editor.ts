import { offsetOf } from './offset-of.ts';

/** Selects what stands at a line and a column, both from 1, up to the end of the line, and brings it into sight: browsers leave that out. */
export function showInEditor(editor: HTMLTextAreaElement, text: string, line: number, column: number): void {
  const start = offsetOf(text, line, column);
  const end = text.indexOf('\n', start);
  editor.focus({ preventScroll: true });
  editor.setSelectionRange(start, end === -1 ? text.length : end);
  const { lineHeight, paddingTop } = getComputedStyle(editor);
  const top = Number.parseFloat(paddingTop) + (line - 1) * Number.parseFloat(lineHeight);
  editor.scrollTop = top - editor.clientHeight / 2;
  editor.scrollIntoView({ block: 'nearest' });
}
