import { keepCompiled } from "./compiled";
import { preparedFiles } from "./prepared";
import ts from "typescript";
import type { Json } from "../../figures/figure";
import { withoutChecks } from "../cell/emit";
import { CellConverter } from "../cell/converter";
import { dependenceOf } from "../cell/dependence";
import { complainInChinese } from "../cell/complaints";
import { inChinese, inReadersWords, readsChinese, speakChinese } from "../language";
import type { Frame } from "../pipe";
import { sourceHash } from "../sourcehash";
import { lookAhead } from "./ahead";
import { listen, tell } from "./channel";
import { commInfo, hearComm, onCommOpen } from "./comms";
import { completeness } from "./complete";
import { catchUnhandled, forbidExit, offerModuleScope, rewriteWarnings } from "./guard";
import { offerHost } from "./hosting";
import { inspection } from "./inspect";
import { heed } from "./interrupt";
import { hearLine } from "./line";
import { offerModules } from "./modules";
import { toCodePoints, toUtf16 } from "./offsets";
import { rewriteFunctionTexts, rewriteStacks } from "../stack";
import { packageFolder, sharePackages } from "../packages";
import { showNodeObjects } from "./nodeobjects";
import { catchOutput, keepGroups, print } from "./output";
import { type ExecuteRequest, Runner } from "./runner";
import { restart } from "./quiet";
import { Dependencies } from "./stale";
import { showTensors } from "./tensors";
import { knowTimers } from "./timers";
import { watch } from "./watch";

type Content = { [key: string]: unknown };
/** What one of the front's questions is answered with. */
type Answer = { content: Content; metadata?: Content };

watch();
catchOutput();
keepGroups();
forbidExit();
showTensors();
showNodeObjects();
knowTimers();
sharePackages(packageFolder(process.cwd()));
speakChinese(readsChinese());
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
offerModules();

// Cells that ran in another session hang together with those of this one: who shows them asks how.
onCommOpen("tslab-gradients.dependences", (comm, { data: { sources } }) => {
  const known = Array.isArray(sources) ? sources.map(String) : [];
  const dependences = known.map((source) => dependenceOf(source) as unknown as Json);
  comm.send({ dependences, ran: dependencies.cells });
  comm.close();
});

/** The engine's answers, by what the front asks. */
const answers: { [op: string]: (frame: Frame) => Answer | Promise<Answer> } = {
  async execute(frame) {
    const { deleted, ...request } = frame as unknown as ExecuteRequest & { deleted: unknown };
    lookAhead(request.code);
    const { reply, declares, uses } = await runner.run(request);
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
          dependence: converter.dependence ?? dependenceOf(request.code),
        },
      },
    };
  },
  complete({ content }) {
    const { code, cursor_pos } = content as { code: string; cursor_pos: number };
    const { start, end, entries } = runner.complete(code, toUtf16(code, cursor_pos));
    const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
    const matches = entries.map(({ text }) => text);
    const typed = entries.map((entry) => ({ ...entry, start: cursor_start, end: cursor_end }));
    const metadata = { _jupyter_types_experimental: typed };
    return { content: { status: "ok", matches, cursor_start, cursor_end, metadata } };
  },
  inspect({ content }) {
    const { code, cursor_pos } = content as { code: string; cursor_pos: number };
    const data = inspection(runner.inspect(code, toUtf16(code, cursor_pos)));
    return { content: { status: "ok", found: data !== null, data: data ?? {}, metadata: {} } };
  },
  is_complete({ content }) {
    return { content: { ...completeness((content as { code: string }).code) } };
  },
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
  restart();
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
