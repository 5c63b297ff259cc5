// First: it makes ready what all the others are loaded from.
import { keepCompiled, preparedFiles } from "./faststart";
import { inspect } from "node:util";
import ts from "typescript";
import type { Json } from "../../figures/figure";
import { startPainter } from "../../figures/still/thread";
import { pauseKey } from "../../runtime/kernelhost";
import { commInfo, hearComm, hearLine, offerHost, onCommOpen, print } from "../../runtime/messages";
import { type Frame, openPorts } from "../../runtime/ports";
import { inChinese, inReadersWords } from "../../runtime/readerswords";
import { rewriteFunctionTexts, rewriteStacks } from "../../runtime/stack";
import { showTensors } from "../../runtime/tensors";
import { complainInChinese } from "../cells/complaints";
import { CellConverter } from "../cells/converter";
import { dependenceOf } from "../cells/dependence";
import { withoutChecks } from "../cells/emit";
import "../figurepictures";
import { speakReadersLanguage } from "../language";
import { packageFolder, sharePackages } from "../packages";
import { Dependencies, sourceHash } from "../../runtime/stalecells";
import { knowTimers, showNodeObjects, Storage } from "./asyncobjects";
import { heed, listen, tell, watch } from "./channel";
import { completeness, completeReply, type Cursor, inspectReply } from "./editing";
import { offerTslabDisplay } from "./executor";
import {
  catchOutput,
  catchUnhandled,
  clearByConsole,
  forbidExit,
  keepGroups,
  rewriteWarnings,
} from "./processhooks";
import { type ExecuteRequest, offerModules, offerModuleScope, Runner } from "./runner";

type Content = { [key: string]: unknown };
/** What one of the front's questions is answered with. */
type Answer = { content: Content; metadata?: Content };

/** Milliseconds in which nothing was asked, after which the reader is thought to be reading. */
const patience = 500;
/** Started anew with whatever is asked: what can wait, such as collecting garbage, is done when it runs out. */
const pause = setTimeout(() => {
  (globalThis as { [pauseKey]?: () => void })[pauseKey]?.();
}, patience).unref();

openPorts({ tell, inspect, owners: new Storage<object>() });
watch();
catchOutput();
keepGroups();
forbidExit();
showTensors();
showNodeObjects();
knowTimers();
sharePackages(packageFolder(process.cwd()));
speakReadersLanguage();
if (inChinese()) complainInChinese();
const converter = new CellConverter(ts.sys.getCurrentDirectory(), preparedFiles, (text) =>
  print("stderr", `${inReadersWords(text)}\n`),
);
const runner = new Runner(converter);
const dependencies = new Dependencies();
catchUnhandled((execution, error) => runner.failed(execution, error));
rewriteStacks(converter.places);
if (inChinese()) rewriteWarnings();
rewriteFunctionTexts(withoutChecks);
offerModuleScope(process.cwd());
offerHost();
offerTslabDisplay();
clearByConsole();
offerModules();

// Cells that ran in another session hang together with those of this one: who shows them asks how.
onCommOpen("tslab-gradients.dependences", (comm, { data: { sources } }) => {
  const known = Array.isArray(sources) ? sources.map(String) : [];
  const dependences = known.map((source) => dependenceOf(source) as unknown as Json);
  comm.send({ dependences, ran: dependencies.cells });
  comm.close();
});

/** Whether a cell's imports say that figures will be drawn: their painter can start while the cell is still checked. */
function showsFigures(code: string): boolean {
  const imports = code.match(/^import\b[^;]*?\bfrom "tslab-gradients"/gm) ?? [];
  return imports.some((text) => /\b(show|explore)\b/.test(text));
}

/** The engine's answers, by what the front asks. */
const answers: { [op: string]: (frame: Frame) => Answer | Promise<Answer> } = {
  async execute(frame) {
    const { deleted, ...request } = frame as unknown as ExecuteRequest & { deleted: unknown };
    if (showsFigures(request.code)) startPainter();
    const { reply, declares, uses, dependence } = await runner.run(request);
    const { cell } = request;
    if (typeof cell !== "string") return { content: { ...reply } };
    if (Array.isArray(deleted)) dependencies.forget(deleted as string[]);
    const stale = dependencies.ran(cell, { declares, uses });
    const source = sourceHash(request.code);
    return {
      content: { ...reply },
      metadata: {
        "tslab-gradients": {
          cell,
          source,
          declares,
          uses,
          stale,
          dependence,
        },
      },
    };
  },
  complete: ({ content }) => ({ content: { ...completeReply(converter, content as Cursor) } }),
  inspect: ({ content }) => ({ content: { ...inspectReply(converter, content as Cursor) } }),
  is_complete: ({ content }) => ({ content: { ...completeness((content as { code: string }).code) } }),
  comm_info({ content }) {
    return {
      content: { status: "ok", comms: commInfo((content as { target_name?: string }).target_name ?? null) },
    };
  },
  comm_open: comm,
  comm_msg: comm,
  comm_close: comm,
};

async function comm({ op, content, metadata, buffers }: Frame): Promise<Answer> {
  const rest = { metadata: metadata as { [key: string]: Json }, buffers: buffers ?? [] };
  await hearComm(op, content as Parameters<typeof hearComm>[1], rest, (error) => runner.failed(null, error));
  return { content: {} };
}

let asked = false;

async function hear(frame: Frame): Promise<void> {
  asked = true;
  pause.refresh();
  if (frame.op === "interrupt") {
    runner.interrupt(frame.target as number | null);
    heed(frame.sequence as number);
    return tell({ op: "interrupted", sequence: frame.sequence });
  }
  if (frame.op === "line") return hearLine(frame.token as number, frame.value as string);
  let answer: Answer;
  try {
    answer = await answers[frame.op]!(frame);
  } catch (error) {
    // A fault of the kernel's own must not leave the one who asked waiting.
    const { name, message, stack } = error as Error;
    answer = { content: { status: "error", ename: name, evalue: message, traceback: [String(stack)] } };
  }
  tell({ op: "reply", id: frame.id, metadata: {}, ...answer });
}

listen((frame) => void hear(frame));
tell({ op: "ready" });
// What a first cell would wait for, done while there is none: what was sent already is heard before.
setImmediate(() => setImmediate(() => asked || converter.warm()));
keepCompiled();
