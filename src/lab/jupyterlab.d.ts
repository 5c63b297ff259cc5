/** The little of JupyterLab's own modules that this extension uses. */
declare module "@jupyterlab/rendermime" {
  import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";

  /** Both the token that asks for the registry and the registry. */
  export const IRenderMimeRegistry: object;
  export interface IRenderMimeRegistry {
    addFactory(factory: IRenderMime.IRendererFactory, rank?: number): void;
  }
}

declare module "@jupyterlab/application" {
  export interface JupyterFrontEnd {
    readonly started: Promise<void>;
    readonly commands: Commands;
  }
  export interface Commands {
    addCommand(
      id: string,
      command: { label: string; caption: string; isEnabled: () => boolean; execute: () => Promise<void> },
    ): object;
    addKeyBinding(binding: { command: string; keys: string[]; selector: string }): object;
    notifyCommandChanged(id: string): void;
  }
  export interface JupyterFrontEndPlugin {
    readonly id: string;
    readonly description: string;
    readonly autoStart: boolean;
    readonly requires: readonly object[];
    readonly optional?: readonly object[];
    activate(app: JupyterFrontEnd, ...services: never[]): void;
  }
}

declare module "@jupyterlab/apputils" {
  /** Both the token that asks for the palette and the palette. */
  export const ICommandPalette: object;
  export interface ICommandPalette {
    addItem(item: { command: string; category: string }): object;
  }
}

declare module "@jupyterlab/translation" {
  /** Both the token that asks for the translator and the translator. */
  export const ITranslator: object;
  export interface ITranslator {
    /** Such as "en" or "zh_CN". */
    readonly languageCode: string;
  }
}

declare module "@jupyterlab/notebook" {
  import type { Widget } from "@lumino/widgets";

  /** Both the token that asks for the tracker and the tracker of the open notebooks. */
  export const INotebookTracker: object;
  export interface INotebookTracker {
    readonly currentWidget: NotebookPanel | null;
    readonly currentChanged: Signal<unknown>;
    readonly widgetAdded: Signal<NotebookPanel>;
    forEach(visit: (panel: NotebookPanel) => void): void;
  }
  export interface Signal<T> {
    connect(slot: (sender: never, args: T) => void): boolean;
    disconnect(slot: (sender: never, args: T) => void): boolean;
  }
  export interface NotebookPanel extends Widget {
    readonly content: Notebook;
    readonly sessionContext: SessionContext;
  }
  export interface Notebook extends Widget {
    readonly widgets: readonly Cell[];
    readonly modelContentChanged: Signal<void>;
  }
  export interface Cell extends Widget {
    readonly model: {
      getMetadata(key: string): unknown;
      setMetadata(key: string, value: unknown): void;
      readonly id: string;
      /** Those of code cells. */
      readonly executionCount?: number | null;
      readonly outputs?: Outputs;
    };
  }
  export interface Outputs {
    readonly length: number;
    get(index: number): { toJSON(): Record<string, unknown> };
    set(index: number, output: Record<string, unknown>): void;
  }
  export interface SessionContext {
    readonly session: { readonly kernel: Kernel | null } | null;
    readonly kernelChanged: Signal<{ newValue: Kernel | null }>;
  }
  export interface Kernel {
    readonly anyMessage: Signal<{ msg: Message; direction: "send" | "recv" }>;
    readonly statusChanged: Signal<string>;
  }
  export interface Message {
    readonly channel: string;
    readonly header: { readonly msg_type: string };
    readonly metadata: Record<string, unknown>;
    readonly content: Record<string, unknown>;
  }
  export const NotebookActions: {
    /** Whether all of them ran without an error. */
    runCells(notebook: Notebook, cells: readonly Cell[], sessionContext: SessionContext): Promise<boolean>;
  };
}
