// ARM's token buckets: reads, writes (POST actions among them) and deletes, each with a size and a refill.
import { performance } from 'node:perf_hooks';

export interface BucketSize {
  readonly size: number;
  readonly refillPerSecond: number;
}

export interface BucketSizes {
  readonly reads: BucketSize;
  readonly writes: BucketSize;
  readonly deletes: BucketSize;
}

export type BucketName = keyof BucketSizes;

/** The documented sizes (2024, regional token bucket). */
export const documentedBuckets: BucketSizes = {
  reads: { size: 250, refillPerSecond: 25 },
  writes: { size: 200, refillPerSecond: 10 },
  deletes: { size: 200, refillPerSecond: 10 },
};

export type Draw = { readonly granted: true; readonly remaining: number } | { readonly granted: false; readonly retryAfterSeconds: number };

export interface Buckets {
  /** Takes one token. */
  draw(name: BucketName): Draw;
}

export function bucketFor(method: string): BucketName {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
}

export function openBuckets(sizes: BucketSizes): Buckets {
  const levels = new Map<BucketName, { tokens: number; at: number }>();

  return {
    draw: (name) => {
      const { size, refillPerSecond } = sizes[name];
      const now = performance.now();
      const level = levels.get(name) ?? { tokens: size, at: now };
      const tokens = Math.min(size, level.tokens + ((now - level.at) / 1000) * refillPerSecond);
      const granted = tokens >= 1;
      levels.set(name, { tokens: granted ? tokens - 1 : tokens, at: now });
      if (granted) return { granted, remaining: Math.floor(tokens - 1) };
      const wait = refillPerSecond > 0 ? (1 - tokens) / refillPerSecond : 60;
      return { granted, retryAfterSeconds: Math.max(1, Math.ceil(wait)) };
    },
  };
}
