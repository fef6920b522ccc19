import { type ReadingRule, row } from './reading-rule.ts';

const error = (rule: ReadingRule): ReadingRule => ({ ...rule, severity: 'error' });
const info = (rule: ReadingRule): ReadingRule => ({ ...rule, severity: 'info' });

/** What reading says about a file before it knows what is in it. Those of JSON are errors when nothing could be read. */
export const textReadingRules: Readonly<Record<string, ReadingRule>> = {
  'byte-order-mark': info(
    row(
      'A file has no byte-order mark.',
      'Some readers of JSON refuse it (RFC 8259 §8.1).',
      'EF BB BF 7B: a mark before the first brace',
      '7B: the first brace',
    ),
  ),
  'encoding-not-utf-8': row(
    'A file is in UTF-8.',
    'It is read as windows-1252 or UTF-16 otherwise, and letters outside of ASCII may come out wrong.',
    'A file that was saved as “ANSI”',
    'A file that was saved as UTF-8',
  ),
  'document-empty': error(
    row('A file is not empty.', 'There is nothing to read in it.', '(nothing)', '{ "swagger": "2.0" }'),
  ),
  'document-not-object': error(
    row(
      'A description is an object.',
      'A list or a text describes no API.',
      '["swagger", "2.0"]',
      '{ "swagger": "2.0" }',
      'JsonTypeIncorrect',
    ),
  ),
  'format-unsupported': error(
    row(
      'A file is a description in a format that is read.',
      'Nothing is known of what to call otherwise. The message names the formats.',
      '<html><body>Sign in to see the description</body></html>',
      '{ "openapi": "3.1.1", "info": {}, "paths": {} }',
    ),
  ),
  'json-too-deep': error(
    row(
      'A document nests at most 500 levels deep.',
      'No description comes near; what does is made to exhaust whoever reads it.',
      '[[[[[[[[ and so on, five hundred times',
      '{ "paths": {} }',
    ),
  ),
  'json-member-duplicate': row(
    'A name stands once in an object.',
    'Only the last one is read, whatever the author meant (RFC 8259 §4).',
    '{ "type": "string", "type": "integer" }',
    '{ "type": "integer" }',
  ),
  'json-comment': row(
    'JSON has no comments.',
    'Other readers refuse the file.',
    '{ "host": "a.example" } // the host',
    '{ "host": "a.example" }',
  ),
  'json-control-character': row(
    'Control characters in a text are escaped.',
    'Other readers refuse the file (RFC 8259 §7).',
    'A text with a line break in it',
    '"first line\\nsecond line"',
  ),
  'json-comma-missing': row(
    'Between members and between items stands a comma.',
    'Other readers refuse the file.',
    '{ "host": "a.example" "basePath": "/" }',
    '{ "host": "a.example", "basePath": "/" }',
  ),
  'json-trailing-comma': row(
    'After the last member or item there is no comma.',
    'Other readers refuse the file.',
    '{ "host": "a.example", }',
    '{ "host": "a.example" }',
  ),
  'json-escape-invalid': row(
    'A backslash begins one of the escapes that JSON has.',
    'Other readers refuse the file (RFC 8259 §7).',
    '"C:\\dir"',
    '"C:\\\\dir"',
  ),
  'json-symbol-invalid': row(
    'A value is a text in double quotes, a number, true, false, null, an object or an array.',
    'Other readers refuse the file.',
    '{ "host": \'a.example\' }',
    '{ "host": "a.example" }',
  ),
  'json-colon-missing': row(
    'Between a name and its value stands a colon.',
    'Other readers refuse the file.',
    '{ "host" "a.example" }',
    '{ "host": "a.example" }',
  ),
  'json-text-after-end': row(
    'After the document there is nothing.',
    'Other readers refuse the file.',
    '{ "swagger": "2.0" } }',
    '{ "swagger": "2.0" }',
  ),
  'json-incomplete': row(
    'Every object, array and text is closed.',
    'The rest of the file is lost: perhaps it was cut off.',
    '{ "paths": { "/loans": {',
    '{ "paths": { "/loans": {} } }',
  ),
  'json-number-invalid': row(
    'Numbers are written as JSON writes them.',
    'Other readers refuse the file (RFC 8259 §6).',
    '{ "maximum": 1. }',
    '{ "maximum": 1 }',
  ),
  'json-invalid': row('A file is JSON.', 'Other readers refuse it.', '{ ? }', '{}'),
  'yaml-invalid': row('A file is YAML.', 'What cannot be read is left out.', 'paths: [', 'paths: {}'),
  'yaml-refused': error(
    row(
      'A YAML file does not multiply.',
      'Aliases of aliases grow without end; such a file is made to exhaust whoever reads it.',
      'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]',
      'a: [x, x]',
    ),
  ),
};
