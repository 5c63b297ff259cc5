// @ts-check
// Forward, backward and means of networks from three neurons to two thousand, and uniform draws, beside PyTorch.
import { passTimes } from "./passes.mjs";
import { row } from "./row.mjs";

const usual = { reach: 1, seconds: 0.2 };

/** @type {{ [name: string]: import("./ours.mjs").Case & { title: import("./row.mjs").Title, most: number } }} */
export const networks = {
  section: {
    title: { en: "the section's net", zh: "本节的网络" },
    ...{ ...usual, sizes: [3, 3, 3, 3, 3, 1], batch: 1, most: 0.3 },
  },
  "5x256": {
    title: { en: "5 x 256, batch 64", zh: "5 层，每层 256，批量 64" },
    ...{ ...usual, sizes: Array(6).fill(256), batch: 64, most: 1 },
  },
  "5x768": {
    title: { en: "5 x 768, batch 256", zh: "5 层，每层 768，批量 256" },
    ...{ ...usual, sizes: Array(6).fill(768), batch: 256, most: 1 },
  },
  "5x2048": {
    title: { en: "5 x 2048, batch 256", zh: "5 层，每层 2048，批量 256" },
    ...{ ...usual, sizes: Array(6).fill(2048), batch: 256, most: 0.6 },
  },
  "40x64": {
    title: { en: "40 layers x 64, batch 1", zh: "40 层，每层 64，批量 1" },
    ...{ ...usual, sizes: Array(41).fill(64), batch: 1, most: 0.5 },
  },
};
const draws = { title: { en: "4 million uniform draws", zh: "400 万个均匀随机数" }, most: 1.2 };
export const networkNames = [...Object.keys(networks), "draws"];

/**
 * @param {number} rounds
 * @param {string[]} wanted
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function networkRows(rounds, wanted) {
  const times = await passTimes(networks, wanted, rounds, 4_000_000);
  return [...times].map(([name, { ours, theirs }]) => {
    const { title, most } = networks[name] ?? draws;
    const whole = { en: `${title.en}: forward, backward, means`, zh: `${title.zh}：前向、反向与均值` };
    return row({ name, title: title === draws.title ? title : whole, ours, theirs, peer: "PyTorch", most });
  });
}
