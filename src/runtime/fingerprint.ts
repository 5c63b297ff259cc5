/** So many values of one variable are looked at: about four milliseconds. */
const most = 20_000;
/** Of a larger tensor the values are not read, but told apart by where they are. */
const mostInTensor = 16_384;

/** What was there of a value at one moment: equal for two moments between which nothing of it was altered. */
export interface Fingerprint {
  hash: number;
  /** Whether it may have a state that cannot be looked at: a generator's, private fields', or it is too large. */
  isPartial: boolean;
  /** Whether there are functions in it, which may know variables of their own. */
  hasFunctions: boolean;
}

const doubles = new Float64Array(1);
const words = new Int32Array(doubles.buffer);
/** By object, a number of its own: functions and what else is nothing but itself. */
const numbers = new WeakMap<object, number>();
let count = 0;
/** By class, whether its text speaks of private fields. */
const private_ = new WeakMap<object, boolean>();
/** What shows all that it is. Others, such as iterators and what the browser makes, have a state of their own. */
const open =
  /^\[object (?:Object|Array|Arguments|Map|Set|Date|RegExp|Error|Number|String|Boolean|BigInt|Symbol|Module|Math|JSON)\]$/;
/** Of a prototype with more properties, which is a library's, nobody alters one. */
const mostInPrototype = 64;

function numberOf(object: object): number {
  const known = numbers.get(object);
  if (known !== undefined) return known;
  numbers.set(object, ++count);
  return count;
}

function hasPrivate(made: object): boolean {
  const known = private_.get(made);
  if (known !== undefined) return known;
  const found =
    typeof made === "function" && /^class\b[^]*#[\w$]/.test(Function.prototype.toString.call(made));
  private_.set(made, found);
  return found;
}

/** What is asked of a tensor of TensorFlow.js, whichever copy made it. */
interface TensorLike {
  shape: number[];
  size: number;
  dtype: string;
  isDisposed: boolean;
  dataSync(): Float32Array<ArrayBuffer>;
}

/** A property that is a value; what a getter or a proxy would say is not asked for. */
function ownOf(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

/** Prototypes of the language and of the place that cells run in. */
const builtIn = new Set<object>(
  Object.getOwnPropertyNames(globalThis).flatMap((name) => {
    const made = ownOf(globalThis, name);
    const prototype = typeof made === "function" ? ownOf(made, "prototype") : undefined;
    return typeof prototype === "object" && prototype !== null ? [prototype] : [];
  }),
);

/** Looks at a value and all that it leads to, without calling code but that which reads tensors, and what proxies do. */
export function fingerprint(value: unknown): Fingerprint {
  const seen = new Map<object, number>();
  const found: Fingerprint = { hash: 0, isPartial: false, hasFunctions: false };
  let left = most;
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b + word, 0x85ebca6b) ^ (b >>> 13);
  };
  const mixNumber = (number: number): void => {
    doubles[0] = number;
    mix(words[0]!);
    mix(words[1]!);
  };
  const mixText = (text: string): void => {
    left -= text.length / 64;
    mix(text.length);
    for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i));
  };
  const visit = (each: unknown): void => {
    if (typeof each === "number") return mixNumber(each);
    if (typeof each === "string") return mixText(` ${each}`);
    if (each === null || (typeof each !== "object" && typeof each !== "function"))
      return mixText(`${typeof each} ${String(each)}`);
    const known = seen.get(each);
    if (known !== undefined) return mix(~known);
    seen.set(each, seen.size);
    if (--left < 0) {
      found.isPartial = true;
      return;
    }
    if (typeof each === "function") {
      found.hasFunctions = true;
      mix(numberOf(each));
      if (hasPrivate(each)) found.isPartial = true;
      properties(each);
      const prototype = ownOf(each, "prototype");
      if (prototype !== null && typeof prototype === "object") properties(prototype);
      return;
    }
    const parent = Object.getPrototypeOf(each) as object | null;
    if (parent !== null) mix(numberOf(parent));
    if (ArrayBuffer.isView(each) || each instanceof ArrayBuffer)
      return bytes(each as ArrayBufferView<ArrayBuffer> | ArrayBuffer);
    if (!open.test(Object.prototype.toString.call(each))) {
      found.isPartial = true;
      mix(numberOf(each));
    }
    for (
      let at = parent;
      at !== null && at !== Object.prototype;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      const made = ownOf(at, "constructor");
      if (typeof made === "function" && hasPrivate(made)) found.isPartial = true;
      if (!builtIn.has(at) && Reflect.ownKeys(at).length <= mostInPrototype) visit(at);
    }
    const dataId = ownOf(each, "dataId");
    if (typeof dataId === "object" && dataId !== null) return tensor(each as TensorLike, dataId);
    if (each instanceof Date) mixNumber(each.getTime());
    if (each instanceof Map) for (const [key, own] of each) [key, own].forEach(visit);
    if (each instanceof Set) for (const own of each) visit(own);
    if (each instanceof Map || each instanceof Set) mix(each.size);
    properties(each);
  };
  const tensor = (each: TensorLike, dataId: object): void => {
    if (each.isDisposed) return mix(-1);
    each.shape.forEach(mixNumber);
    if (each.size <= mostInTensor && each.dtype !== "string") bytes(each.dataSync());
    else mix(numberOf(dataId));
    visit(ownOf(each, "gradient"));
  };
  const bytes = (data: ArrayBufferView<ArrayBuffer> | ArrayBuffer): void => {
    const { buffer, byteOffset: from } = ArrayBuffer.isView(data) ? data : { buffer: data, byteOffset: 0 };
    const isWhole = from % 4 === 0 && data.byteLength % 4 === 0;
    left -= data.byteLength / 256;
    if (left < 0) found.isPartial = true;
    else
      for (const word of new (isWhole ? Int32Array : Uint8Array)(
        buffer,
        from,
        data.byteLength / (isWhole ? 4 : 1),
      ))
        mix(word);
  };
  const properties = (object: object): void => {
    if (Array.isArray(object)) mix(object.length);
    for (const name of Reflect.ownKeys(object)) {
      if (left < 0) return;
      const own = Object.getOwnPropertyDescriptor(object, name)!;
      if (
        Array.isArray(object)
          ? !own.enumerable
          : typeof object === "function" &&
            typeof name === "string" &&
            /^(?:length|name|prototype|arguments|caller)$/.test(name)
      )
        continue;
      mixText(String(name));
      mix(Number(own.enumerable) + 2 * Number(own.writable ?? 4) + 16 * Number(own.configurable));
      if (own.get === undefined && own.set === undefined) visit(own.value);
      else [own.get, own.set].forEach(visit);
    }
    // Where one ends the next one's properties begin.
    mix(Object.isExtensible(object) ? -2 : -3);
  };
  visit(value);
  found.hash = (a >>> 0) * 2 ** 21 + (b >>> 11);
  return found;
}
