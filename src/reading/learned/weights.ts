import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { LinearModel } from './linear.js';
import type { Models } from './models.js';

// One file, compressed: a JSON line that names the parts, then each part's rows: the gap to the next bucket (varint) and a signed byte a label.
const PARTS = ['tagger', 'kind', 'status', 'track', 'linker', 'intent'] as const;
type Part = {
  readonly labels: readonly string[];
  readonly bits: number;
  readonly scale: number;
  readonly rows: number;
  readonly bytes: number;
};
type Header = { readonly parts: Readonly<Record<(typeof PARTS)[number], Part>>; readonly transitions: readonly number[] };

// Weights smaller than this share of a part's largest are noise; leaving them out shrinks the file threefold.
const PRUNED_SHARE = 0.012;

let loaded: Models | undefined;

/** The weights that ship with the reader, read once. */
export function loadModels(): Models {
  loaded ??= decodeModels(readFileSync(new URL('../data/weights.bin', import.meta.url)));
  return loaded;
}

export function decodeModels(packed: Uint8Array): Models {
  const file = brotliDecompressSync(packed);
  const lineEnd = file.indexOf(10);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(0, lineEnd))) as Header;
  let offset = lineEnd + 1;
  const models = PARTS.map((name) => {
    const part = header.parts[name];
    const model = decodePart(part, file.subarray(offset, offset + part.bytes));
    offset += part.bytes;
    return [name, model] as const;
  });
  const { tagger, ...others } = Object.fromEntries(models) as Record<(typeof PARTS)[number], LinearModel>;
  return { ...others, tagger: { emissions: tagger, transitions: Float32Array.from(header.transitions) } };
}

function decodePart({ labels, bits, scale, rows }: Part, bytes: Uint8Array): LinearModel {
  const weights = new Float32Array(2 ** bits * labels.length);
  const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let bucket = 0;
  for (let row = 0; row < rows; row++) {
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      bucket += (byte & 127) << shift;
      if (byte < 128) break;
    }
    for (let label = 0; label < labels.length; label++) weights[bucket * labels.length + label] = (signed[at++] ?? 0) * scale;
  }
  return { labels, bits, weights };
}

/** The inverse of `decodeModels`, rounding each weight to a byte. */
export function encodeModels(models: Models): Uint8Array {
  const parts = PARTS.map((name) => [name, encodePart(name === 'tagger' ? models.tagger.emissions : models[name])] as const);
  const header = {
    parts: Object.fromEntries(parts.map(([name, { bytes, ...part }]) => [name, { ...part, bytes: bytes.length }])),
    transitions: [...models.tagger.transitions].map((weight) => Number(weight.toFixed(4))),
  };
  return brotliCompressSync(Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...parts.map(([, { bytes }]) => bytes)]));
}

function encodePart({ labels, bits, weights }: LinearModel): Omit<Part, 'bytes'> & { readonly bytes: Buffer } {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-6);
  const scale = Number((largest / 127).toPrecision(6));
  const out: number[] = [];
  let rows = 0;
  let last = 0;
  for (let bucket = 0; bucket < 2 ** bits; bucket++) {
    const row = weights.subarray(bucket * labels.length, (bucket + 1) * labels.length);
    if (row.every((weight) => Math.abs(weight) < largest * PRUNED_SHARE)) continue;
    for (let gap = bucket - last; ; gap >>>= 7) {
      out.push(gap > 127 ? (gap & 127) | 128 : gap);
      if (gap <= 127) break;
    }
    for (const weight of row) out.push(Math.round(weight / scale) & 255);
    last = bucket;
    rows++;
  }
  return { labels, bits, scale, rows, bytes: Buffer.from(out) };
}
