import { Resvg } from "@resvg/resvg-js";
import { expect, it } from "vitest";
import { withoutIdleClips } from "../../dist/figures/still/png.js";
import { networkFigure } from "../../dist/index.js";
import { figureSvg } from "../../dist/figures/still/svg.js";

/** As plotly.js writes a shape and its clip. */
const picture = (path: string): string =>
  `<svg><clipPath class="axesclip" id="c1xy"><rect x="20" y="60" width="100" height="80"/></clipPath>` +
  `<g class="shape-group" data-index="0" clip-path="url(#c1xy)"><path data-index="0" d="${path}" style="stroke-width: 1px;"/></g></svg>`;

it.each([
  ["M30,70H110V130H30Z", false],
  ["M 30 70 L 110 130", false],
  ["M30,70C40,80,50,90,60,100", false],
  // Half a stroke, and a corner's point, lie beyond what the numbers say.
  ["M21,70H110", true],
  ["M30,70H119V130H30Z", true],
  ["M30,70V150", true],
  ["M30,70Q40,200,50,70", true],
  // Relative to where the pen was, which is not followed.
  ["M30,70l10,10", true],
  ["M30,70A5,5,0,0,1,40,80", true],
])("of a shape along %s the clip is kept: %s", (path, isKept) => {
  expect(withoutIdleClips(picture(path)).includes("clip-path")).toBe(isKept);
});

it("leaves a network's picture as it was, but for how colours are rounded", async () => {
  const gradients = [0.1, 0.01, 0.001].map((mean, i) => ({
    name: `layers.${i}.0.weight`,
    mean,
    shape: [3, 3],
  }));
  const svg = await figureSvg(
    networkFigure([false, true].map((useShortcut) => ({ useShortcut, gradients }))),
  );
  const bare = withoutIdleClips(svg);
  expect(svg.match(/clip-path="/g)!.length).toBeGreaterThan(bare.match(/clip-path="/g)!.length + 5);
  const [before, after] = [svg, bare].map((text) => new Resvg(text).render().pixels);
  expect(before!.every((value, i) => Math.abs(value - after![i]!) <= 1)).toBe(true);
});
