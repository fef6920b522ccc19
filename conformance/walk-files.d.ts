/** Every file at or below a path, in name order. */
export declare function walkFiles(path: string): readonly string[];
