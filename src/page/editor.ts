import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, toggleComment } from "@codemirror/commands";
import { completionPath, typescriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { numberHandles } from "./cell/numberhandles";
import type { Words } from "./pagewords";

/** What an editor asks of its page. */
export interface EditorHost {
  run(): void;
  runAndGo(): void;
  leave(): void;
  changed(source: string): void;
  /** The names that the notebook's cells declare. */
  names(): string[];
  /** The properties of what a path of names leads to. */
  members(path: string[]): Promise<string[]>;
  /** The code as it is while a number in it is pulled, at most once a frame; and when it is let go. */
  pulled?(source: string): void;
  released?(): void;
}

/**
 * A cell's code in an editor: TypeScript, keys as in Jupyter.
 * A description tells how the keyboard leaves it, since there Tab indents.
 */
export function editorOf(source: string, label: string, words: Words, host: EditorHost): EditorView {
  const own = [
    { key: "Shift-Enter", run: (): boolean => (host.runAndGo(), true) },
    { key: "Mod-Enter", run: (): boolean => (host.run(), true) },
    { key: "Mod-/", run: toggleComment },
    { key: "Tab", run: acceptCompletion },
    {
      key: "Escape",
      run: (view: EditorView): boolean => {
        if (completionStatus(view.state) === "active") return false;
        host.leave();
        return true;
      },
    },
  ];
  return new EditorView({
    state: EditorState.create({
      doc: source,
      extensions: [
        Prec.highest(keymap.of(own)),
        document.querySelector(".reveal") ? EditorView.lineWrapping : lineNumbers(),
        history(),
        drawSelection(),
        indentUnit.of("  "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        typescriptLanguage,
        numberHandles({ ...host, words }),
        syntaxHighlighting(classHighlighter),
        autocompletion({ override: [(context) => completions(context, host)] }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) host.changed(update.state.doc.toString());
        }),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-description": `${words.leave}. ${words.pull}`,
          tabindex: "0",
        }),
      ],
    }),
  });
}

const keywords =
  "async await break case catch class const continue else export extends false finally for function if import in instanceof interface let new null of return static super switch this throw true try type typeof undefined while".split(
    " ",
  );

async function completions(context: CompletionContext, host: EditorHost): Promise<CompletionResult | null> {
  const path = completionPath(context);
  if (path === null || (path.path.length === 0 && path.name === "" && !context.explicit)) return null;
  const options =
    path.path.length > 0
      ? (await host.members([...path.path])).map((label) => ({ label, type: "property" }))
      : [
          ...host.names().map((label) => ({ label, type: "variable", boost: 2 })),
          ...(await host.members([])).map((label) => ({ label, type: "variable" })),
          ...keywords.map((label) => ({ label, type: "keyword" })),
        ];
  const labels = new Map(options.reverse().map((option) => [option.label, option]));
  return { from: context.pos - path.name.length, options: [...labels.values()], validFor: /^[\w$]*$/ };
}
