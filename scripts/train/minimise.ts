/** A smooth function's value at `at`; writes its gradient into `gradient`. */
export type Smooth = (at: Float64Array, gradient: Float64Array) => number;

type Step = { readonly moved: Float64Array; readonly turned: Float64Array; readonly curvature: number };

const MEMORY = 7;
const MAX_HALVINGS = 20;
const ENOUGH = 1e-4;

/** Minimises from `start` by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5): no chance in it. */
export function minimise(value: Smooth, start: Float64Array, iterations: number, tolerance = 1e-5): Float64Array {
  let at = Float64Array.from(start);
  let gradient = new Float64Array(at.length);
  let height = value(at, gradient);
  const memory: Step[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const direction = downhill(gradient, memory);
    const slope = dot(direction, gradient);
    if (slope > -1e-12) break;
    const first = memory.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    const next = stepAlong(value, { at, height, direction, slope }, first);
    if (!next) break;
    const moved = minus(next.at, at);
    const turned = minus(next.gradient, gradient);
    const curvature = dot(moved, turned);
    if (curvature > 1e-12) memory.push({ moved, turned, curvature });
    if (memory.length > MEMORY) memory.shift();
    const gain = height - next.height;
    at = next.at;
    gradient = next.gradient;
    height = next.height;
    if (gain < tolerance * Math.abs(height)) break;
  }
  return at;
}

function downhill(gradient: Float64Array, memory: readonly Step[]): Float64Array<ArrayBuffer> {
  const direction = gradient.map((each) => -each);
  const weights: number[] = [];
  for (const step of memory.toReversed()) {
    const weight = dot(step.moved, direction) / step.curvature;
    weights.push(weight);
    addScaled(direction, step.turned, -weight);
  }
  const last = memory.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.turned, last.turned);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  }
  for (const step of memory) {
    const weight = weights.pop() ?? 0;
    addScaled(direction, step.moved, weight - dot(step.turned, direction) / step.curvature);
  }
  return direction;
}

type Line = { readonly at: Float64Array; readonly height: number; readonly direction: Float64Array; readonly slope: number };

/** The first of ever shorter steps that goes down enough (Armijo); null where none does. */
function stepAlong(value: Smooth, { at, height, direction, slope }: Line, first: number) {
  let length = first;
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const there = Float64Array.from(at);
    addScaled(there, direction, length);
    const gradient = new Float64Array(at.length);
    const reached = value(there, gradient);
    if (reached <= height + ENOUGH * length * slope) return { at: there, gradient, height: reached };
    length /= 2;
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  const difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = (a[i] as number) - (b[i] as number);
  return difference;
}

function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + scale * (from[i] as number);
}
