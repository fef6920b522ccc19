type WasmMemory = { readonly buffer: ArrayBuffer; grow(pages: number): number };

/** What of WebAssembly's interface (W3C WebAssembly JavaScript Interface §5.2) is used here; the types of Node do not have it. */
declare const WebAssembly: { readonly Memory: { readonly prototype: WasmMemory } };

/** Memory of WebAssembly is not part of a thread's resource limits: growing past this fails as if there were no more. */
export function limitWasmMemory(maximumBytes: number): void {
  const pageBytes = 65_536;
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function grown(this: WasmMemory, pages: number): number {
    if (this.buffer.byteLength + pages * pageBytes > maximumBytes) throw new RangeError('too much memory');
    return grow.call(this, pages);
  };
}
