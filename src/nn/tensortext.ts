/** What is read of a TensorFlow.js tensor or variable, of whichever copy of the package. */
interface TensorLike {
  shape: number[];
  dtype: string;
  size: number;
  isDisposed: boolean;
  dataSync(): ArrayLike<number | string>;
}

/** A dimension longer than this is shown by its ends alone, as PyTorch and NumPy do. */
const edge = 3;
const longest = 8;

export function isTensor(value: unknown): value is TensorLike {
  if (typeof value !== "object" || value === null) return false;
  const { shape, dtype, dataSync } = value as Partial<TensorLike>;
  return Array.isArray(shape) && typeof dtype === "string" && typeof dataSync === "function";
}

/** Shape, dtype and values: `Tensor float32 [2, 3]` and the rows below. */
export function tensorText(tensor: TensorLike): string {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head}, disposed`;
  const values = tensor.dataSync();
  const shown = (value: number | string): string =>
    tensor.dtype === "bool"
      ? String(Boolean(value))
      : typeof value === "number"
        ? short(value)
        : JSON.stringify(value);
  if (tensor.shape.length === 0) return `${head}\n${shown(values[0]!)}`;
  const cells: string[] = [];
  const collect = (axis: number, offset: number, stride: number): void => {
    const length = tensor.shape[axis]!;
    const inner = stride / length;
    for (const i of picked(length)) {
      if (i === null) continue;
      if (axis === tensor.shape.length - 1) cells.push(shown(values[offset + i]!));
      else collect(axis + 1, offset + i * inner, inner);
    }
  };
  if (tensor.size === 0) return `${head}\n[]`;
  collect(0, 0, tensor.size);
  const width = Math.max(...cells.map((cell) => cell.length));
  let next = 0;
  const rows = (axis: number, indent: string): string => {
    const last = axis === tensor.shape.length - 1;
    const items = picked(tensor.shape[axis]!).map((i) =>
      i === null ? "..." : last ? cells[next++]!.padStart(width) : rows(axis + 1, `${indent} `),
    );
    return `[${items.join(last ? ", " : `,\n${indent} `)}]`;
  };
  return `${head}\n${rows(0, "")}`;
}

/** The indices shown of a dimension; null stands for those left out. */
function picked(length: number): (number | null)[] {
  const all = [...Array(Math.min(length, longest)).keys()];
  if (length <= longest) return all;
  return [...all.slice(0, edge), null, ...all.slice(0, edge).map((i) => length - edge + i)];
}

/** At most seven digits, which is what a float32 holds. */
function short(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7
    ? String(value)
    : String(Number(value.toPrecision(7)));
}
