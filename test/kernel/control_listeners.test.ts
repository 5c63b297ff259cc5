import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as control from "../../dist/controls";
import { FakeHost, dataOf } from "./controlhost";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost().install()));
afterEach(() => FakeHost.remove());

describe("a listener", () => {
  it("that is slow gets the newest value next, and the last one always", async () => {
    const width = control.intSlider({ max: 100 });
    const heard: number[] = [];
    width.onChange(async (value) => {
      heard.push(value);
      await sleep(20);
    });
    for (let value = 1; value <= 50; value++) host.move(width, value);
    await sleep(60);
    expect(heard).toEqual([1, 50]);
  });

  it("that is not slow gets every value", () => {
    const width = control.intSlider({ max: 100 });
    const heard: number[] = [];
    width.onChange((value) => void heard.push(value));
    for (let value = 1; value <= 50; value++) host.move(width, value);
    expect(heard.length).toBe(50);
  });

  it("runs for the cell that gave it", async () => {
    const width = await host.run("In[1]", () => control.intSlider());
    await host.run("In[2]", () => width.onChange(() => host.publish("heard", {})));
    await host.run("In[3]", () => host.move(width, 5));
    expect(host.take().at(-1)).toMatchObject({ type: "heard", execution: "In[2]" });
  });

  it("may set the value itself", () => {
    const width = control.intSlider({ max: 64 });
    width.onChange((value) => void (width.value = value - (value % 2)));
    host.take();
    host.move(width, 9);
    expect(width.value).toBe(8);
    expect(dataOf(host.take()).map((each) => (each as { method: string }).method)).toEqual([
      "echo_update",
      "update",
    ]);
  });

  it("that fails is told of once for the same error, and is called again", async () => {
    const reported: string[] = [];
    const catcher = (reason: Error) => void reported.push(`${host.execution()?.name}: ${reason.message}`);
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", catcher);
    try {
      const width = control.intSlider({ max: 100 });
      const heard: number[] = [];
      await host.run("In[2]", () =>
        width.onChange((value) => {
          heard.push(value);
          if (value < 3) throw new Error(`too thin: ${value}`);
        }),
      );
      await host.run("In[2]", () => width.onChange(() => Promise.reject(new Error("never"))));
      for (const value of [1, 2, 3, 1]) {
        host.move(width, value);
        await sleep(5);
      }
      expect(heard).toEqual([1, 2, 3, 1]);
      expect(reported).toEqual(["In[2]: too thin: 1", "In[2]: never", "In[2]: too thin: 1"]);
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const other of others) process.on("unhandledRejection", other);
    }
  });

  it("of a button is called when it is pressed, by the reader or by code", () => {
    const go = control.button({ label: "Train" });
    const pressed = vi.fn();
    const end = go.onClick(pressed);
    host.lineTo(go).hear({ method: "custom", content: { event: "click" } });
    go.click();
    host.lineTo(go).hear({ method: "custom", content: { event: "hover" } });
    host.lineTo(go).hear({ method: "custom" });
    expect(pressed).toHaveBeenCalledTimes(2);
    end();
    go.click();
    expect(pressed).toHaveBeenCalledTimes(2);
  });
});
