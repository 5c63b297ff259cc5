/** An affine map, as SVG's `matrix(a, b, c, d, e, f)`: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** Where an element's own coordinates lie in those of what holds it. W3C: "CSS Transforms", 7, the `transform` attribute. */
export function transformOf(element: Element): Matrix {
  let matrix = identity;
  const steps = (element.getAttribute("transform") ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g);
  for (const [, name = "", list = ""] of steps) {
    const numbers = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    matrix = product(matrix, step(name, numbers));
  }
  return matrix;
}

/** First `inner`, then `outer`. */
export function product(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d] = outer;
  const [e, f] = moved(outer, inner[4], inner[5]);
  return [
    a * inner[0] + c * inner[1],
    b * inner[0] + d * inner[1],
    a * inner[2] + c * inner[3],
    b * inner[2] + d * inner[3],
    e,
    f,
  ];
}

/** Where a point comes to lie. */
export function moved([a, b, c, d, e, f]: Matrix, x: number, y: number): [x: number, y: number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function step(name: string, numbers: number[]): Matrix {
  const [first = 0, second, third = 0] = numbers;
  if (name === "translate") return [1, 0, 0, 1, first, second ?? 0];
  if (name === "scale") return [first, 0, 0, second ?? first, 0, 0];
  if (name === "matrix" && numbers.length === 6) return numbers as unknown as Matrix;
  if (name !== "rotate") return identity;
  const [cosine, sine] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)];
  const turn: Matrix = [cosine, sine, -sine, cosine, 0, 0];
  const [x, y] = [second ?? 0, third];
  return product([1, 0, 0, 1, x, y], product(turn, [1, 0, 0, 1, -x, -y]));
}
