import type { NumberValue } from '../numbers.ts';
import { type Digits, fifteenDigitsOf, roundDigits } from './digits.ts';
import type { NumberCulture } from './number-culture.ts';
import { type NumberSection, type NumberToken, readSection, splitSections } from './read-number-format.ts';

/** Formats by a custom format: `0 # . , % ‰ E0 \ 'text' ;`. */
export function formatCustomNumber(value: NumberValue, format: string, culture: NumberCulture): string {
  const sections = splitSections(format);
  const digits = fifteenDigitsOf(value);
  let index = chooseSection(sections, digits.digits === '' ? 2 : digits.isNegative ? 1 : 0);
  let section = readSection(sections[index] ?? '');
  let rounded = roundFor(digits, section);
  if (digits.digits !== '' && rounded.digits === '') {
    // What rounds to nothing is written as zero.
    const zeroIndex = chooseSection(sections, 2);
    if (zeroIndex !== index) {
      index = zeroIndex;
      section = readSection(sections[index] ?? '');
      rounded = roundFor(rounded, section);
    }
  }
  const text = new SectionWriter(section, rounded, culture).write();
  return rounded.isNegative && index === 0 ? `-${text}` : text;
}

/** An empty section stands for the first one. */
function chooseSection(sections: readonly string[], wanted: number): number {
  return (sections[wanted] ?? '') === '' ? 0 : wanted;
}

function roundFor(digits: Digits, section: NumberSection): Digits {
  if (digits.digits === '') return digits;
  const scaled = { ...digits, scale: digits.scale + section.scale };
  const count = section.isScientific ? section.places : scaled.scale + section.places - section.wholePlaces;
  return roundDigits(scaled, count);
}

/** Writes one section; positions count down to the point, so that the last digit before it is at 1. */
class SectionWriter {
  readonly #section: NumberSection;
  readonly #number: Digits;
  readonly #culture: NumberCulture;
  readonly #separators: ReadonlySet<number>;
  readonly #leastWhole: number;
  readonly #leastFraction: number;
  #next = 0;
  #position: number;
  /** Digits that there are more than places before the point; negative when there are fewer. */
  #excess: number;
  #hasPoint = false;

  constructor(section: NumberSection, number: Digits, culture: NumberCulture) {
    this.#section = section;
    this.#number = number;
    this.#culture = culture;
    const { wholePlaces, firstZero, endOfZeros, isScientific } = section;
    this.#leastWhole = firstZero !== -1 && firstZero < wholePlaces ? wholePlaces - firstZero : 0;
    this.#leastFraction = endOfZeros > wholePlaces ? wholePlaces - endOfZeros : 0;
    this.#position = isScientific ? wholePlaces : Math.max(number.scale, wholePlaces);
    this.#excess = isScientific ? 0 : number.scale - wholePlaces;
    this.#separators = section.isGrouped ? this.#separatorPositions() : new Set();
  }

  write(): string {
    return this.#section.tokens.map((token) => this.#writeToken(token)).join('');
  }

  #separatorPositions(): ReadonlySet<number> {
    const positions = new Set<number>();
    const { groupSizes } = this.#culture;
    const count = Math.max(this.#leastWhole, this.#position + Math.min(this.#excess, 0));
    let [total, index] = [groupSizes[0] ?? 0, 0];
    while (total > 0 && count > total) {
      positions.add(total + 1);
      index = Math.min(index + 1, groupSizes.length - 1);
      const size = groupSizes[index] ?? 0;
      if (size === 0) break;
      total += size;
    }
    return positions;
  }

  #writeToken(token: NumberToken): string {
    switch (token.kind) {
      case 'zero':
      case 'digit':
        return this.#leadingDigits() + this.#digit();
      case 'point':
        return this.#leadingDigits() + this.#point();
      case 'comma':
        return '';
      case 'exponent':
        return this.#exponent(token);
      default:
        return token.text;
    }
  }

  /** Digits that have no place of their own stand before the first place. */
  #leadingDigits(): string {
    let text = '';
    while (this.#excess > 0) {
      text += this.#withSeparator(this.#take() ?? '0');
      this.#excess -= 1;
    }
    return text;
  }

  #digit(): string {
    if (this.#excess < 0) {
      this.#excess += 1;
      return this.#withSeparator(this.#position <= this.#leastWhole ? '0' : '');
    }
    return this.#withSeparator(this.#take() ?? (this.#position > this.#leastFraction ? '0' : ''));
  }

  #take(): string | undefined {
    const digit = this.#number.digits[this.#next];
    this.#next += 1;
    return digit;
  }

  #withSeparator(digit: string): string {
    const text = digit !== '' && this.#separators.has(this.#position) ? digit + this.#culture.group : digit;
    this.#position -= 1;
    return text;
  }

  #point(): string {
    const hasMore = this.#section.wholePlaces < this.#section.places && this.#next < this.#number.digits.length;
    if (this.#position !== 0 || this.#hasPoint || (this.#leastFraction === 0 && !hasMore)) return '';
    this.#hasPoint = true;
    return this.#culture.point;
  }

  #exponent({ symbol, hasPlus, zeros }: Extract<NumberToken, { readonly kind: 'exponent' }>): string {
    const power = this.#number.digits === '' ? 0 : this.#number.scale - this.#section.wholePlaces;
    const sign = power < 0 ? '-' : hasPlus ? '+' : '';
    return `${symbol}${sign}${String(Math.abs(power)).padStart(zeros, '0')}`;
  }
}
