import { describe, expect, it } from "vitest";
import { fetchingFrom, needingBoth, serve } from "./registry.js";

describe("a network that takes all and says nothing", () => {
  it.each([
    ["en_US.UTF-8", /^(npm|pip) could not reach its package registry: check [^\n]* \(no answer\)\.$/],
    ["zh_CN.UTF-8", /^(npm|pip) 无法连接软件包仓库：[^\n]*无应答.。$/],
  ])("is told of within 20 seconds, in %s", async (LANG, sentence) => {
    const start = Date.now();
    const { status, error } = needingBoth().run("setup", { ...fetchingFrom(await serve("")), LANG });
    expect(status).toBe(1);
    expect(error).toMatch(sentence);
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});

describe("a network that fails now and then", () => {
  it("is tried again", async () => {
    // Every other request is cut; then there is a registry, which lacks the package.
    const registry = await serve(`
      this.count = (this.count ?? 0) + 1;
      if (this.count % 2 === 1) return request.socket.destroy();
      response.statusCode = 404;
      response.end("{}");`);
    const { status, error } = needingBoth().run("build", fetchingFrom(registry));
    expect(status).toBe(1);
    expect(error).toMatch(/^npm failed: 404 Not Found [^\n]*$/);
  });
});
