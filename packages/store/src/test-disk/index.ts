export { setImmutable, whyNoImmutableFiles } from './immutable-files.ts';
export { openSmallDisk, type SmallDisk, whyNoSmallDisk } from './small-disk.ts';
