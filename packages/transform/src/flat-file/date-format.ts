/** Dates of flat files in the formats that their schemas name: `yyyyMMdd`, `dd.MM.yyyy HH:mm:ss`. */

const parts = /yyyy|yy|MM|dd|HH|mm|ss/g;

/** As XML Schema writes it; `undefined` when the text is not in the format. */
export function readDate(text: string, format: string): string | undefined {
  const names = format.match(parts) ?? [];
  const pattern = format
    .split(parts)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .reduce((made, literal, index) => `${made}(\\d{${names[index - 1]?.length ?? 0}})${literal}`);
  const found = new RegExp(`^${pattern}$`).exec(text);
  if (found === null) return undefined;
  const values = new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
  const year = values.get('yyyy') ?? (values.has('yy') ? `20${values.get('yy') ?? ''}` : undefined);
  const date = year === undefined ? undefined : `${year}-${values.get('MM') ?? '01'}-${values.get('dd') ?? '01'}`;
  const time = values.has('HH')
    ? `${values.get('HH') ?? ''}:${values.get('mm') ?? '00'}:${values.get('ss') ?? '00'}`
    : undefined;
  return [date, time].filter((part) => part !== undefined).join('T');
}

/** The other way; what is no date stays as it is. */
export function writeDate(text: string, format: string): string {
  const found = /^(?:(\d{4})-(\d{2})-(\d{2}))?T?(?:(\d{2}):(\d{2}):(\d{2}))?/.exec(text);
  if (found === null || found[0] === '') return text;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00'] = found;
  const values: Readonly<Record<string, string>> = {
    yyyy: year,
    yy: year.slice(2),
    MM: month,
    dd: day,
    HH: hour,
    mm: minute,
    ss: second,
  };
  return format.replace(parts, (name) => values[name] ?? name);
}
