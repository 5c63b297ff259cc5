import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { expect, it, onTestFinished } from "vitest";
import { bundleFile, compiledFile, keepScripts, scriptOf } from "../../dist/figures/still/machinecode.js";

/** A program, in a folder that goes after the test. */
function program(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tslab-gradients-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "program.js");
  writeFileSync(file, text);
  return file;
}

it("is there for the program that draws figures", () => {
  const cachedData = readFileSync(compiledFile(bundleFile));
  const script = new Script(readFileSync(bundleFile, "utf8"), { filename: bundleFile, cachedData });
  expect(script.cachedDataRejected).toBe(false);
});

it("is kept, and taken up again where the program is as it was", () => {
  const file = program("(() => 6 * 7)()");
  expect(scriptOf(file).runInThisContext()).toBe(42);
  keepScripts();
  const kept = compiledFile(file);
  onTestFinished(() => rmSync(kept));
  const again = scriptOf(file);
  expect(again.cachedDataRejected).toBe(false);
  expect(again.runInThisContext()).toBe(42);
  // The same length, which is all that V8 itself compares.
  writeFileSync(file, "(() => 6 * 8)() ");
  expect(compiledFile(file)).not.toBe(kept);
  expect(scriptOf(file).runInThisContext()).toBe(48);
});

it.each(["", "no machine code"])("where what was kept is %j, the program runs all the same", (text) => {
  const file = program("1 + 1");
  const kept = compiledFile(file);
  writeFileSync(kept, text);
  onTestFinished(() => rmSync(kept));
  expect(scriptOf(file).runInThisContext()).toBe(2);
});
