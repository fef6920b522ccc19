/** The signs of a `decimal-format` (XSLT 1.0 §12.3). */
export type DecimalFormat = {
  readonly decimalSeparator: string;
  readonly groupingSeparator: string;
  readonly infinity: string;
  readonly minusSign: string;
  readonly notANumber: string;
  readonly percent: string;
  readonly perMille: string;
  readonly zeroDigit: string;
  readonly digit: string;
  readonly patternSeparator: string;
};

export const defaultDecimalFormat: DecimalFormat = {
  decimalSeparator: '.',
  groupingSeparator: ',',
  infinity: 'Infinity',
  minusSign: '-',
  notANumber: 'NaN',
  percent: '%',
  perMille: '\u2030',
  zeroDigit: '0',
  digit: '#',
  patternSeparator: ';',
};

/** Formats a number by a picture such as `#,##0.00;(#)`. */
export function formatDecimal(value: number, picture: string, format: DecimalFormat): string {
  if (Number.isNaN(value)) return format.notANumber;
  const [positive = '', negative] = picture.split(format.patternSeparator);
  const parts = readPicture(positive, format);
  const number = Number.isFinite(value) ? formatDigits(Math.abs(value), parts, format) : format.infinity;
  if (value >= 0 && !Object.is(value, -0)) return `${parts.prefix}${number}${parts.suffix}`;
  if (negative === undefined) return `${format.minusSign}${parts.prefix}${number}${parts.suffix}`;
  // Of the picture for negative numbers only what stands around the digits counts.
  const around = readPicture(negative, format);
  return `${around.prefix}${number}${around.suffix}`;
}

type Picture = {
  readonly prefix: string;
  readonly suffix: string;
  readonly minimumWhole: number;
  readonly minimumFraction: number;
  readonly maximumFraction: number;
  readonly groupSize: number;
  readonly scale: number;
};

function readPicture(picture: string, format: DecimalFormat): Picture {
  const active = new Set([format.digit, format.zeroDigit, format.groupingSeparator, format.decimalSeparator]);
  const characters = Array.from(picture);
  const start = characters.findIndex((character) => active.has(character));
  const end = characters.findLastIndex((character) => active.has(character));
  const prefix = characters.slice(0, start < 0 ? characters.length : start).join('');
  const suffix = start < 0 ? '' : characters.slice(end + 1).join('');
  const body = start < 0 ? [] : characters.slice(start, end + 1);
  const point = body.indexOf(format.decimalSeparator);
  const whole = point < 0 ? body : body.slice(0, point);
  const fraction = point < 0 ? [] : body.slice(point + 1);
  const group = whole.lastIndexOf(format.groupingSeparator);
  const around = prefix + suffix;
  return {
    prefix,
    suffix,
    minimumWhole: whole.filter((character) => character === format.zeroDigit).length,
    minimumFraction: fraction.filter((character) => character === format.zeroDigit).length,
    maximumFraction: fraction.filter((character) => character === format.zeroDigit || character === format.digit)
      .length,
    groupSize: group < 0 ? 0 : whole.length - group - 1,
    scale: around.includes(format.percent) ? 100 : around.includes(format.perMille) ? 1000 : 1,
  };
}

function formatDigits(value: number, picture: Picture, format: DecimalFormat): string {
  const fixed = roundHalfEven(value * picture.scale, Math.min(picture.maximumFraction, 20));
  const [wholeText = '', fractionText = ''] = fixed.split('.');
  const trimmed = wholeText.replace(/^0+/, '').padStart(picture.minimumWhole, '0');
  const fraction = fractionText.replace(/0+$/, '').padEnd(picture.minimumFraction, '0');
  const whole = picture.groupSize > 0 ? group(trimmed, picture.groupSize, format.groupingSeparator) : trimmed;
  const text = fraction === '' ? whole : `${whole}${format.decimalSeparator}${fraction}`;
  const zero = format.zeroDigit.codePointAt(0) ?? 48;
  const shown = text === '' ? '0' : text;
  return zero === 48 ? shown : shown.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/** Ties between two decimals go to the even one, as the picture's origin (Java's DecimalFormat) rounds. */
function roundHalfEven(value: number, digits: number): string {
  const fixed = value.toFixed(digits);
  const power = 10 ** digits;
  const scaled = value * power;
  const floor = Math.floor(scaled);
  if (!Number.isSafeInteger(floor) || scaled - floor !== 0.5) return fixed;
  return ((floor % 2 === 0 ? floor : floor + 1) / power).toFixed(digits);
}

function group(digits: string, size: number, separator: string): string {
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= size) parts.unshift(digits.slice(Math.max(0, end - size), end));
  return parts.join(separator);
}
