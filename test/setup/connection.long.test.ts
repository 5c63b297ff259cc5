import { describe, expect, it } from "vitest";
import { fetchingFrom, needingBoth, needingPip, serve } from "./registry.js";

describe("one sentence for", () => {
  it("no network, in seconds", () => {
    const start = Date.now();
    const { status, error } = needingBoth().run("setup", fetchingFrom("http://127.0.0.1:9/"));
    expect(status).toBe(1);
    expect(error).toMatch(/^(npm|pip) could not reach its package registry: check [^\n]*$/);
    expect(Date.now() - start).toBeLessThan(20_000);
  });

  it("a network that answers all with its log-in page", async () => {
    const page = `response.setHeader("Content-Type", "text/html"); response.end("<!DOCTYPE html><p>Log in");`;
    const registry = await serve(page);
    const { status, error } = needingBoth().run("build", fetchingFrom(registry));
    expect(status).toBe(1);
    expect(error).toMatch(/^npm got an answer that no package registry gives, such as [^\n]*$/);
    const pip = needingPip().run("setup", fetchingFrom(registry));
    expect(pip.status).toBe(1);
    expect(pip.error).toMatch(/^pip got an answer that no package registry gives, such as [^\n]*$/);
  });
});
