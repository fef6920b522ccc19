import { isInteger, type NumberValue, toDecimal, toNumber } from './numbers.ts';

/** Formats a number by a .NET format, standard or custom. Undefined for a format that .NET refuses for it. */
export function formatNumber(value: NumberValue, format: string, locale: string): string | undefined {
  const standard = /^([a-zA-Z])(\d{0,2})$/.exec(format === '' ? 'G' : format);
  if (standard === null) return formatCustomNumber(value, format, locale);
  const precision = standard[2] === '' ? undefined : Number(standard[2]);
  return formatStandard(value, standard[1] ?? 'G', precision, locale);
}

function formatStandard(
  value: NumberValue,
  specifier: string,
  precision: number | undefined,
  locale: string,
): string | undefined {
  const number = toNumber(value);
  const symbols = symbolsOf(locale);
  switch (specifier.toUpperCase()) {
    case 'C':
      return currency(number, precision, locale);
    case 'D':
      if (!isInteger(value)) return undefined;
      return `${value < 0 ? '-' : ''}${String(value < 0 ? -value : value).padStart(precision ?? 1, '0')}`;
    case 'E':
      return exponential(number, precision ?? 6, specifier, symbols.point);
    case 'F':
      return fixed(value, precision ?? 2).replace('.', symbols.point);
    case 'G':
      return general(value, precision).replace('.', symbols.point);
    case 'N':
      return grouped(fixed(value, precision ?? 2), symbols);
    case 'P':
      return `${grouped(fixedNumber(number * 100, precision ?? 2), symbols)}${symbols.percentGap}%`;
    case 'R':
      return general(value, undefined).replace('.', symbols.point);
    case 'X': {
      if (!isInteger(value)) return undefined;
      const bits = value < 0 ? BigInt(value) + (value >= -2147483648 ? 2n ** 32n : 2n ** 64n) : BigInt(value);
      const text = bits.toString(16).padStart(precision ?? 1, '0');
      return specifier === 'X' ? text.toUpperCase() : text;
    }
    case 'B':
      return isInteger(value) && value >= 0
        ? BigInt(value)
            .toString(2)
            .padStart(precision ?? 1, '0')
        : undefined;
    default:
      return undefined;
  }
}

type Symbols = { readonly point: string; readonly group: string; readonly percentGap: string };

function symbolsOf(locale: string): Symbols {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(12345678.9);
  const find = (type: string): string =>
    (parts.find((part) => part.type === type)?.value ?? '').replace(/[\u202f\u00a0]/g, '\u00a0');
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(1);
  return {
    point: find('decimal') || '.',
    group: find('group') || ',',
    percentGap: /[\s\u00a0\u202f]/.test(percent) ? '\u00a0' : '',
  };
}

/** Rounds half away from zero on the decimal digits, as .NET does when it formats. */
function fixed(value: NumberValue, digits: number): string {
  const { unscaled, scale } = toDecimal(value);
  if (scale <= digits) {
    const text = withPoint(unscaled * 10n ** BigInt(digits - scale), digits);
    return text;
  }
  const divisor = 10n ** BigInt(scale - digits);
  const positive = unscaled < 0n ? -unscaled : unscaled;
  const rounded = (positive + divisor / 2n) / divisor;
  return withPoint(unscaled < 0n ? -rounded : rounded, digits);
}

function fixedNumber(value: number, digits: number): string {
  return fixed(Number(value.toPrecision(15)), digits);
}

function withPoint(unscaled: bigint, digits: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const text = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function grouped(text: string, symbols: Symbols): string {
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '', fraction] = text.slice(sign.length).split('.');
  return `${sign}${groupDigits(whole, symbols.group)}${fraction === undefined ? '' : symbols.point + fraction}`;
}

function groupDigits(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, separator);
}

function exponential(number: number, precision: number, specifier: string, point: string): string {
  const [mantissa = '', exponent = '+0'] = number.toExponential(precision).split('e');
  const digits = exponent.slice(1).padStart(3, '0');
  return `${mantissa.replace('.', point)}${specifier}${exponent.startsWith('-') ? '-' : '+'}${digits}`;
}

function general(value: NumberValue, precision: number | undefined): string {
  if (precision === undefined || precision === 0) return typeof value === 'object' ? value.text : String(value);
  const text = toNumber(value).toPrecision(Math.min(precision, 100));
  const [mantissa = '', exponent] = text.split('e');
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  if (exponent === undefined) return trimmed;
  return `${trimmed}E${exponent.startsWith('-') ? '-' : '+'}${exponent.slice(1).padStart(2, '0')}`;
}

/** Regions and their currencies, for cultures that name no region in Intl's data. */
const currencies: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  CH: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  IS: 'ISK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  BG: 'BGN',
  RU: 'RUB',
  UA: 'UAH',
  TR: 'TRY',
  IL: 'ILS',
  SA: 'SAR',
  AE: 'AED',
  EG: 'EGP',
  ZA: 'ZAR',
  NG: 'NGN',
  KE: 'KES',
  BR: 'BRL',
  MX: 'MXN',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  PE: 'PEN',
  KR: 'KRW',
  TW: 'TWD',
  HK: 'HKD',
  SG: 'SGD',
  MY: 'MYR',
  TH: 'THB',
  ID: 'IDR',
  PH: 'PHP',
  VN: 'VND',
  PK: 'PKR',
  BD: 'BDT',
  KZ: 'KZT',
};

function currency(number: number, precision: number | undefined, locale: string): string {
  const region = new Intl.Locale(locale).maximize().region ?? 'US';
  const digits = precision ?? 2;
  const text = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currencies[region] ?? 'EUR',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(number);
  return text.replace(/\u202f/g, '\u00a0');
}

type Section = {
  readonly tokens: readonly Token[];
  readonly wholeDigits: number;
  readonly fractionDigits: number;
  readonly fractionZeros: number;
  readonly isGrouped: boolean;
  readonly scale: number;
  readonly exponent?: { readonly symbol: string; readonly hasPlus: boolean; readonly zeros: number };
};

type Token = { readonly kind: 'digit' | 'zero' | 'point' | 'text' | 'exponent'; readonly text: string };

/** Custom formats: `0 # . , % ‰ E0 \ 'text' ;`. */
function formatCustomNumber(value: NumberValue, format: string, locale: string): string | undefined {
  const sections = splitSections(format);
  const number = toNumber(value);
  const symbols = symbolsOf(locale);
  const index =
    number < 0 && sections.length > 1 && sections[1] !== '' ? 1 : number === 0 && sections.length > 2 ? 2 : 0;
  const section = readSection(sections[index] ?? '');
  const magnitude = Math.abs(number);
  const text = writeSection(section, magnitude, symbols);
  const rounded = writeSection(section, magnitude, symbols, true);
  if (index === 0 && /^0*$/.test(rounded) && number !== 0 && sections.length > 2) {
    return writeSection(readSection(sections[2] ?? ''), 0, symbols);
  }
  return index === 0 && number < 0 && /[1-9]/.test(rounded) ? `-${text}` : text;
}

function splitSections(format: string): readonly string[] {
  const sections = [''];
  for (const [token] of format.matchAll(/\\.|'[^']*'|"[^"]*"|[\s\S]/g)) {
    if (token === ';' && sections.length < 3) sections.push('');
    else sections[sections.length - 1] += token;
  }
  return sections;
}

function readSection(format: string): Section {
  const tokens: Token[] = [];
  const state = { whole: 0, fraction: 0, zeros: 0, isGrouped: false, scale: 0, pendingCommas: 0, hasPoint: false };
  let exponent: Section['exponent'];
  for (const [token] of format.matchAll(/\\.|'[^']*'|"[^"]*"|[eE][+-]?0+|[\s\S]/g)) {
    if (token === '0' || token === '#') {
      if (state.pendingCommas > 0 && !state.hasPoint && state.whole > 0) state.isGrouped = true;
      state.pendingCommas = 0;
      if (state.hasPoint) {
        state.fraction += 1;
        if (token === '0') state.zeros = state.fraction;
      } else state.whole += 1;
      tokens.push({ kind: token === '0' ? 'zero' : 'digit', text: token });
    } else if (token === '.') {
      if (!state.hasPoint) {
        state.scale += 3 * state.pendingCommas;
        state.pendingCommas = 0;
        tokens.push({ kind: 'point', text: '.' });
      }
      state.hasPoint = true;
    } else if (token === ',') state.pendingCommas += 1;
    else if (token === '%' || token === '‰') {
      state.scale -= token === '%' ? 2 : 3;
      tokens.push({ kind: 'text', text: token });
    } else if (/^[eE][+-]?0+$/.test(token)) {
      exponent = { symbol: token[0] ?? 'E', hasPlus: token[1] === '+', zeros: token.replace(/[^0]/g, '').length };
      tokens.push({ kind: 'exponent', text: token });
    } else
      tokens.push({
        kind: 'text',
        text: token.startsWith('\\')
          ? token.slice(1)
          : /^(['"]).*\1$/s.test(token) && token.length > 1
            ? token.slice(1, -1)
            : token,
      });
  }
  return {
    tokens,
    wholeDigits: state.whole,
    fractionDigits: state.fraction,
    fractionZeros: state.zeros,
    isGrouped: state.isGrouped,
    scale: state.scale + 3 * state.pendingCommas,
    ...(exponent !== undefined && { exponent }),
  };
}

function writeSection(section: Section, magnitude: number, symbols: Symbols, digitsOnly = false): string {
  const scaled = section.scale === 0 ? magnitude : Number((magnitude / 10 ** section.scale).toPrecision(15));
  const [mantissa, power] =
    section.exponent === undefined ? [scaled, 0] : normalise(scaled, section.wholeDigits, section.fractionDigits);
  const [wholeText = '0', fractionText = ''] = fixed(mantissa, section.fractionDigits).split('.');
  const whole = wholeText === '0' ? '' : wholeText;
  if (digitsOnly) return `${wholeText}${fractionText}`;
  const firstZero = section.tokens
    .filter((token) => token.kind === 'digit' || token.kind === 'zero')
    .slice(0, section.wholeDigits)
    .findIndex((token) => token.kind === 'zero');
  const minimumWhole = firstZero === -1 ? 0 : section.wholeDigits - firstZero;
  const padded = whole.padStart(minimumWhole, '0');
  const significant = fractionText.replace(/0+$/, '').length;
  const fraction = fractionText.slice(0, Math.max(section.fractionZeros, significant));
  let wholeAt = 0;
  let isInFraction = false;
  let fractionAt = 0;
  let text = '';
  for (const token of section.tokens) {
    switch (token.kind) {
      case 'text':
        text += token.text;
        break;
      case 'point':
        if (wholeAt === 0) text += wholePart(padded, section, symbols, 0, Number.POSITIVE_INFINITY);
        isInFraction = true;
        if (fraction !== '') text += symbols.point;
        break;
      case 'exponent':
        text += exponentText(section.exponent, power);
        break;
      default:
        if (isInFraction) text += fraction[fractionAt++] ?? '';
        else {
          // Digits beyond the places stand before the first place.
          const end = padded.length - (section.wholeDigits - wholeAt - 1);
          const start = wholeAt === 0 ? 0 : end - 1;
          text += wholePart(padded, section, symbols, Math.max(start, 0), end);
          wholeAt += 1;
        }
    }
  }
  return text;
}

function wholePart(digits: string, section: Section, symbols: Symbols, start: number, end: number): string {
  let text = '';
  for (let index = start; index < Math.min(end, digits.length); index += 1) {
    text += digits[index];
    const left = digits.length - index - 1;
    if (section.isGrouped && left > 0 && left % 3 === 0) text += symbols.group;
  }
  return text;
}

function normalise(value: number, wholeDigits: number, fractionDigits: number): readonly [number, number] {
  if (value === 0) return [0, 0];
  const digits = Math.max(wholeDigits, 1);
  let power = Math.floor(Math.log10(value)) - digits + 1;
  let mantissa = Number((value / 10 ** power).toPrecision(15));
  if (Number(mantissa.toFixed(Math.min(fractionDigits, 20))) >= 10 ** digits) {
    power += 1;
    mantissa = Number((value / 10 ** power).toPrecision(15));
  }
  return [mantissa, power];
}

function exponentText(exponent: Section['exponent'], power: number): string {
  if (exponent === undefined) return '';
  const sign = power < 0 ? '-' : exponent.hasPlus ? '+' : '';
  return `${exponent.symbol}${sign}${String(Math.abs(power)).padStart(exponent.zeros, '0')}`;
}
