export type { Transformation, Transformer } from './contract.ts';
export { createTransformer, type TransformerOptions } from './create-transformer.ts';
export { TransformError, type TransformErrorCode } from './errors.ts';
export { runTransformation } from './process/run-transformation.ts';
