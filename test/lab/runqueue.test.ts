import type { Message } from "@jupyterlab/notebook";
import { describe, expect, test } from "vitest";
import { RunQueue } from "../../src/lab/kernelmessages";

/** What the kernel and the page say of a run. */
const message = (type: string, id: string, rest: Partial<Message> = {}): Message => ({
  channel: type === "execute_reply" ? "shell" : "iopub",
  header: { msg_type: type, msg_id: `${type} ${id}`, date: "2026-01-01T00:00:00.000Z" },
  parent_header: { msg_id: id },
  metadata: {},
  content: type === "status" ? { execution_state: "idle" } : {},
  ...rest,
});
const request = (id: string): Message =>
  message("execute_request", "", { header: { msg_type: "execute_request", msg_id: id, date: "" } });
const at = (type: string, date: string) => ({ header: { msg_type: type, msg_id: "", date } });

describe("the queue of runs", () => {
  test("is empty once each has its reply and its end, in either order", () => {
    const queue = new RunQueue();
    queue.sent(request("1"));
    queue.sent(request("2"));
    queue.heard(message("execute_reply", "1"));
    queue.heard(message("status", "2"));
    expect(queue.isEmpty).toBe(false);
    queue.heard(message("status", "1"));
    expect(queue.isEmpty).toBe(false);
    queue.heard(message("execute_reply", "2"));
    expect(queue.isEmpty).toBe(true);
  });

  test("knows no run that another page asked for, and nothing but runs", () => {
    const queue = new RunQueue();
    queue.heard(message("execute_reply", "another's"));
    queue.sent(message("comm_open", ""));
    expect(queue.isEmpty).toBe(true);
  });

  test("lets go of who waits when it is empty, or when the kernel is gone", async () => {
    const queue = new RunQueue();
    const log: string[] = [];
    queue.sent(request("1"));
    const waiting = queue.emptied().then(() => log.push("emptied"));
    queue.heard(message("execute_reply", "1"));
    await Promise.resolve();
    expect(log).toEqual([]);
    queue.heard(message("status", "1"));
    await waiting;
    queue.sent(request("2"));
    const again = queue.emptied().then(() => log.push("cleared"));
    queue.clear();
    await again;
    expect(log).toEqual(["emptied", "cleared"]);
  });

  test("times a run by the kernel's clock, from its beginning and not from the request", () => {
    const queue = new RunQueue();
    queue.sent(request("1"));
    queue.heard(message("execute_input", "1", at("execute_input", "2026-01-01T00:00:10.000Z")));
    const dependence = { declares: [], uses: [], changes: [] };
    const told = { metadata: { "tslab-gradients": { cell: "c", source: "0", dependence } } };
    const reply = { ...told, ...at("execute_reply", "2026-01-01T00:00:12.250Z") };
    const content = { status: "error", execution_count: 7 };
    expect(queue.heard(message("execute_reply", "1", { ...reply, content }))).toEqual({
      cell: "c",
      hash: "0",
      count: 7,
      dependence,
      failed: "error",
      seconds: 2.25,
    });
    // Another page's: when it began this one need not have heard.
    const other = queue.heard(
      message("execute_reply", "2", { ...reply, content: { ...content, status: "ok" } }),
    );
    expect(other).toMatchObject({ failed: null, seconds: null });
  });
});
