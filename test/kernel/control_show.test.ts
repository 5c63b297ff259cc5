import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Figure, gradientFigure } from "../../dist/figures";
import * as control from "../../dist/controls";
import { isFigure, plotlyType } from "../../dist/runtime/figurebundle";
import { bundleOf } from "../../dist/kernel/figurepictures";
import { show } from "../../dist/kernel/show";
import { FakeHost, type Sent } from "./controlhost";

const host = new FakeHost();
beforeAll(async () => {
  host.install();
  // Fonts and plotly.js are loaded with the first picture.
  await bundleOf(figure(0));
});
afterAll(() => FakeHost.remove());
beforeEach(() => void host.take());

function figure(number: number): Figure {
  const gradients = [{ name: `layer ${number}`, shape: [3, 3], mean: 0.5 + number }];
  return gradientFigure([{ gradients }]);
}

/** `+` a figure of its own, `~` an update; the number of the figure; `*` with pictures. */
function story(messages: Sent[]): string {
  return messages
    .filter(({ type }) => type.includes("display_data"))
    .map(({ type, content }) => {
      const data = content.data as Record<string, unknown>;
      const number = /layer (\d+)/.exec(data["text/plain"] as string)![1];
      expect(JSON.stringify(data[plotlyType])).toContain(`layer ${number}`);
      return `${type === "display_data" ? "+" : "~"}${number}${"image/png" in data ? "*" : ""}`;
    })
    .join(" ");
}

/** A control that shows figure n when it is moved to n. */
async function slider(id: string, first = 0): Promise<(value: number) => void> {
  const width = await host.run("slider", () => control.intSlider({ max: 1000 }));
  await host.run("figure", async () => {
    await show(figure(first), { id });
    width.onChange((value) => show(figure(value), { id, update: true }));
  });
  const [line] = [...host.comms.values()].slice(-1);
  return (value) => line!.hear({ method: "update", state: { value } });
}

describe("a figure that a control moves", () => {
  it("sends its data alone, at once, and its pictures when it rests", async () => {
    const move = await slider("moved");
    expect(story(host.take())).toBe("+0*");
    for (const value of [1, 2, 3]) {
      move(value);
      await sleep(5);
      expect(story(host.sent)).toMatch(new RegExp(`~${value}$`));
    }
    expect(story(host.take())).toBe("~1 ~2 ~3");
    await sleep(300);
    expect(story(host.sent)).toBe("");
    await expect.poll(() => story(host.sent)).toBe("~3*");
    expect(host.take().map(({ execution, content }) => [execution, content.transient])).toEqual([
      ["figure", { display_id: "moved" }],
    ]);
  });

  it("never shows an older one after a newer one, nor the pictures of one that was passed", async () => {
    const move = await slider("race");
    host.take();
    for (let value = 1; value <= 40; value++) {
      move(value);
      await sleep(value % 7 === 0 ? 420 : 3);
    }
    await sleep(900);
    const numbers = story(host.take()).split(" ");
    const order = numbers.map((each) => Number(/\d+/.exec(each)![0]));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBe("~40*");
  });

  it("is updated whole by code that sets the value", async () => {
    const width = await host.run("In[1]", () => control.intSlider());
    await host.run("In[2]", () => show(figure(0), { id: "code" }));
    await host.run("In[2]", () =>
      width.onChange((value) => show(figure(value), { id: "code", update: true })),
    );
    host.take();
    await host.run("In[3]", async () => {
      width.value = 7;
      await expect.poll(() => story(host.sent), { timeout: 20_000 }).toBe("~7*");
    });
    expect(story(host.take())).toBe("~7*");
  });
});

describe("a figure that a cell updates in a loop", () => {
  it("sends data alone from the second of two quick updates on, and the last one's pictures before the cell ends", async () => {
    await host.run("In[1]", async () => {
      for (let i = 0; i < 5; i++) await show(figure(i), { id: "loop" });
    });
    expect(story(host.take())).toBe("+0* ~1* ~2 ~3 ~4 ~4*");
    await sleep(600);
    expect(story(host.take())).toBe("");
  });

  it("sends pictures each time when it is slow", async () => {
    await host.run("In[1]", async () => {
      for (let i = 0; i < 3; i++) {
        await show(figure(i), { id: "slow" });
        await sleep(260);
      }
    });
    expect(story(host.take())).toBe("+0* ~1* ~2*");
  });

  it("keeps the order of calls that nobody awaits", async () => {
    await host.run("In[1]", () => Promise.all([0, 1, 2, 3].map((i) => show(figure(i), { id: "unawaited" }))));
    const order = story(host.take());
    expect(order).toMatch(/^\+0\* ~1\*? ~2\*? ~3/);
    expect(order).toMatch(/~3\*$/);
  });
});

it("a later cell updates what is on the page and shows it under itself too", async () => {
  await host.run("In[1]", () => show(figure(1), { id: "again" }));
  await host.run("In[2]", () => show(figure(2), { id: "again" }));
  const sent = host.take();
  expect(story(sent)).toBe("+1* ~2* +2*");
  expect(sent.map(({ execution }) => execution)).toEqual(["In[1]", "In[2]", "In[2]"]);
});

it("a figure is known as one", () => {
  expect([figure(1), structuredClone(figure(1))].map(isFigure)).toEqual([true, true]);
  expect([null, undefined, 3, "", {}, [], { data: [] }, { data: [], layout: {} }].filter(isFigure)).toEqual(
    [],
  );
});
