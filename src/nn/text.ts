/** By a method of this name an object says how Jupyter shows it: Deno's and others' convention. */
export const display: unique symbol = Symbol.for("Jupyter.display");
/** By a method of this name an object says how Node's console shows it. */
export const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** Rows of cells as text, a line each, with columns as wide as their widest cell; numbers end where theirs ends. */
export function aligned(rows: readonly string[][], numbers: readonly number[] = []): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const padded = (cell: string, i: number): string =>
    numbers.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!);
  return rows.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}

/** A float as Python's `repr` writes it: `0.0002`, `1.2000000424450263e-05`, `4249.0`, `nan`, `-inf`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  if (value === 0) return "0.0";
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  // Python leaves positional notation below 1e-4 and from 1e16 on; JavaScript later, below 1e-6 and from 1e21 on.
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** What is read of a TensorFlow.js tensor or variable, of whichever copy of the package. */
export interface TensorLike {
  shape: number[];
  dtype: string;
  isDisposed: boolean;
  dataSync(): ArrayLike<number | string>;
}

/** The most values of a tensor that are shown, where its shape can be shortened so far. */
const most = 1000;
/** The most characters that are shown of a string that is a tensor's value. */
const longestString = 80;

/**
 * What a tensor's method for Node's console is to return: one line where it lies too deep, else an object, since its
 * lines are then indented as what stands around them.
 */
export function inspected(
  tensor: TensorLike,
  depth: number,
  kind?: string,
  note?: () => string,
): object | string {
  if (depth < 0) return `[${headOf(tensor, kind)}]`;
  return { [inspect]: () => tensorText(tensor, kind, note) };
}

/** Shape, dtype and values: `Tensor float32 [2, 3]` and the rows below. */
function tensorText(tensor: TensorLike, kind?: string, note = () => ""): string {
  let head = headOf(tensor, kind);
  if (tensor.isDisposed) return `${head}, disposed`;
  head += note();
  const { shape } = tensor;
  if (shape.includes(0)) return `${head}\n[]`;
  const value = reader(tensor);
  if (shape.length === 0) return `${head}\n${value(0)}`;
  const ends = shownEnds(shape);
  const cells: string[] = [];
  const collect = (axis: number, offset: number): void => {
    const length = shape[axis]!;
    for (const i of picked(length, ends)) {
      if (i === null) continue;
      if (axis === shape.length - 1) cells.push(value(offset * length + i));
      else collect(axis + 1, offset * length + i);
    }
  };
  collect(0, 0);
  const width = Math.max(...cells.map((cell) => cell.length));
  let next = 0;
  const rows = (axis: number, indent: string): string => {
    const last = axis === shape.length - 1;
    const items = picked(shape[axis]!, ends).map((i) =>
      i === null ? "..." : last ? cells[next++]!.padStart(width) : rows(axis + 1, `${indent} `),
    );
    return `[${items.join(last ? ", " : `,\n${indent} `)}]`;
  };
  return `${head}\n${rows(0, "")}`;
}

function headOf({ dtype, shape }: TensorLike, kind = "Tensor"): string {
  return `${kind} ${dtype} [${shape.join(", ")}]`;
}

/** Reads the value at an offset as text. */
function reader(tensor: TensorLike): (offset: number) => string {
  const values = tensor.dataSync();
  switch (tensor.dtype) {
    case "bool":
      return (i) => String(Boolean(values[i]));
    case "string":
      return (i) => {
        const text = String(values[i]);
        return JSON.stringify(text.length > longestString ? `${text.slice(0, longestString)}…` : text);
      };
    case "complex64":
      // Real and imaginary parts take turns.
      return (i) => {
        const imaginary = short(values[2 * i + 1] as number);
        return `${short(values[2 * i] as number)}${imaginary.startsWith("-") ? "" : "+"}${imaginary}i`;
      };
    default:
      return (i) => short(values[i] as number);
  }
}

/** How many values are shown at a long dimension's ends: three, as in PyTorch, or fewer where the dimensions are many. */
function shownEnds(shape: readonly number[]): number {
  const count = (ends: number): number =>
    shape.reduce((product, length) => product * picked(length, ends).length, 1);
  return [3, 2].find((ends) => count(ends) <= most) ?? 1;
}

/** The indices shown of a dimension; null stands for those left out. */
function picked(length: number, ends: number): (number | null)[] {
  const longest = 2 * ends + 2;
  const all = [...Array(Math.min(length, longest)).keys()];
  if (length <= longest) return all;
  return [...all.slice(0, ends), null, ...all.slice(0, ends).map((i) => length - ends + i)];
}

/** At most seven digits, which is what a float32 holds. */
function short(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7
    ? String(value)
    : String(Number(value.toPrecision(7)));
}
