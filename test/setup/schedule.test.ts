import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { carryOutSideBySide, type Step } from "../../src/setup/steps.mjs";
import { Trouble } from "../../src/setup/trouble.mjs";

describe("steps side by side", () => {
  let said: string;
  let happened: string[];
  beforeEach(() => {
    said = "";
    happened = [];
    vi.stubEnv("LC_ALL", "C");
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const step = (title: Step["title"], more: Partial<Step> = {}): Step => ({
    title,
    ready: () => false,
    async work() {
      happened.push(`${title} begins`);
      await pause(20);
      happened.push(`${title} ends`);
    },
    ...more,
  });
  const failing = (sentence: string) => ({ work: () => Promise.reject(new Trouble(sentence)) });

  it("begin as soon as what they need is done, each with a line at its begin and its end", async () => {
    const first = step("stepDependencies");
    const second = step("stepBuild", { needs: [first] });
    const beside = step("stepPython");
    await carryOutSideBySide([first, second, beside]);
    expect(happened).toEqual([
      "stepDependencies begins",
      "stepPython begins",
      "stepDependencies ends",
      expect.any(String),
      expect.any(String),
      "stepBuild ends",
    ]);
    for (const title of ["npm packages", "Build", "Python environment .venv"]) {
      expect(said.split("\n").filter((line) => line.startsWith(title))).toEqual([
        `${title} …`,
        expect.stringMatching(/: done in \d\.\d s$/),
      ]);
    }
  });

  it("are left out where they are ready", async () => {
    await carryOutSideBySide([step("stepBuild", { ready: () => true })]);
    expect({ happened, said }).toEqual({ happened: [], said: "" });
  });

  it("go on where they do not need what failed, and the first failure is told", async () => {
    const python = step("stepPython", failing("There is no Python."));
    const jupyter = step("stepJupyter", { needs: [python] });
    const dependencies = step("stepDependencies");
    const native = step("stepNative", { needs: [dependencies], after: [python, jupyter] });
    const build = step("stepBuild", { needs: [dependencies], ...failing("Later.") });
    await expect(carryOutSideBySide([python, jupyter, dependencies, native, build])).rejects.toThrow(
      "There is no Python.",
    );
    expect(happened.filter((line) => line.endsWith("ends"))).toEqual([
      "stepDependencies ends",
      "stepNative ends",
    ]);
    // It is seen while the rest goes on.
    expect(said).toMatch(/^Python environment \.venv: There is no Python\.$/m);
    expect(said).not.toContain("Later.");
  });

  it("may be optional", async () => {
    const libraries = step("stepLibraries", { optional: true, ...failing("No.") });
    await carryOutSideBySide([libraries, step("stepNative", { after: [libraries] })]);
    expect(happened).toContain("stepNative ends");
  });
});
