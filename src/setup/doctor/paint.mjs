// @ts-check
// Run as a program of its own: draws a small figure as a cell's still picture is drawn.
import { createRequire } from "node:module";
import { inRoot } from "../paths.mjs";

const require = createRequire(import.meta.url);
const { gradientFigure } = /** @type {typeof import("../../figures/gradientfigure.ts")} */ (
  require(inRoot("dist", "figures", "gradient.js"))
);
const { paint } = /** @type {typeof import("../../figures/still/thread.ts")} */ (
  require(inRoot("dist", "figures", "still", "thread.js"))
);
const gradients = [1, 2].map((layer) => ({
  name: `layers.${layer}.0.weight`,
  mean: 10 ** -layer,
  shape: [1, 1],
}));
// Chinese, so that the large font is looked for too.
const figure = gradientFigure([{ useShortcut: true, gradients }], { title: "梯度" });
const { svg, png } = await paint(figure);
const isPng = Buffer.from(png, "base64").subarray(1, 4).toString() === "PNG";
process.stdout.write(`${JSON.stringify({ svg: svg.includes("</svg>"), png: isPng })}\n`);
process.exit(0);
