import { DataShape, weights } from './data-shape.ts';
import type { Operand } from './operand.ts';

/** What a call says of its operands; answers the shape of its result. `later` runs when everything has been read. */
export type Effect = (operands: readonly Operand[], later: (work: () => void) => void) => DataShape;

export type Need = (operand: Operand) => void;

const { usual, used } = weights;

/** Says nothing. */
export const any: Need = () => undefined;
export const text: Need = ({ shape }) => shape.hint('string', used);
/** Anything can be printed. */
export const printed: Need = ({ shape }) => shape.hint('string', weights.literal);
export const timestamp: Need = ({ shape }) => shape.hint('string', used).hintFormat('timestamp', used);
export const timeZone: Need = ({ shape }) => shape.hint('string', used).hintFormat('time-zone', used);
export const timeSpan: Need = ({ shape }) => shape.hint('string', used).hintFormat('time-span', used);
export const uri: Need = ({ shape }) => shape.hint('string', used).hintFormat('uri', used);
export const integer: Need = ({ shape }) => shape.hint('integer', used);
export const boolean: Need = ({ shape }) => shape.hint('boolean', used);
export const list: Need = ({ shape }) => shape.hint('array', used);
export const record: Need = ({ shape }) => shape.hint('object', used);

/** Something new that is a text. */
export const aText = (): DataShape => new DataShape().hint('string', usual);
export const aTimestamp = (): DataShape => aText().hintFormat('timestamp', usual);
export const aNumber = (): DataShape => new DataShape().hint('integer', usual);
export const aBoolean = (): DataShape => new DataShape().hint('boolean', usual);

/** A function that takes what its parameters say, the last of them any number of times, and makes something new. */
export function makes(result: () => DataShape, ...needs: readonly Need[]): Effect {
  return (operands) => {
    need(operands, needs);
    return result();
  };
}

/** A function whose result is as its first operand is. */
export function passes(...needs: readonly Need[]): Effect {
  return (operands) => {
    need(operands, needs);
    return operands[0]?.shape ?? new DataShape();
  };
}

export function need(operands: readonly Operand[], needs: readonly Need[]): void {
  operands.forEach((operand, index) => {
    needs[Math.min(index, needs.length - 1)]?.(operand);
  });
}

/** A function that opens what its first operand holds. */
export function opens(open: (operand: Operand, rest: readonly Operand[]) => DataShape): Effect {
  return ([first, ...rest]) => (first === undefined ? new DataShape() : open(first, rest));
}
