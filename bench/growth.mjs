// @ts-check
// How the time of forward, backward and means grows with width, depth and batch, beside PyTorch.
import { passTimes } from "./passes.mjs";
import { row } from "./row.mjs";

/** What grows. @typedef {import("./row.mjs").Point["over"]} Over */

/** @type {{ [over in Over]: number[] }} */
export const curves = {
  width: [1, 4, 16, 64, 256, 1024, 4096],
  depth: [1, 2, 5, 10, 20, 50, 100, 200],
  batch: [1, 4, 16, 64, 256, 1024, 4096],
};
/** What stays as it is where another grows. @type {{ [over in Over]: number }} */
export const still = { width: 64, depth: 5, batch: 1 };

const words = { width: "宽度", depth: "深度", batch: "批量" };
const points = /** @type {Over[]} */ (Object.keys(curves)).flatMap((over) =>
  curves[over].map((size) => ({ name: `${over}-${size}`, over, size })),
);
const cases = Object.fromEntries(
  points.map(({ name, over, size }) => {
    /** @type {typeof still} */
    const { width, depth, batch } = Object.assign({}, still, { [over]: size });
    // With an input so small even the gradients of 200 layers with shortcuts stay below float32's largest number.
    return [name, { sizes: Array(depth + 1).fill(width), batch, reach: 0.001, seconds: 0.15 }];
  }),
);
export const growthNames = Object.keys(cases);

/**
 * @param {number} rounds
 * @param {string[]} wanted
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function growthRows(rounds, wanted) {
  const times = await passTimes(cases, wanted, rounds);
  return points.flatMap(({ name, over, size }) => {
    const measured = times.get(name);
    if (measured === undefined) return [];
    const title = { en: `${over} ${size}`, zh: `${words[over]} ${size}` };
    return [row({ name, title, point: { over, size }, ...measured, peer: "PyTorch" })];
  });
}
