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
  import type { CommandRegistry } from "@lumino/commands";

  export interface JupyterFrontEnd {
    readonly started: Promise<void>;
    readonly commands: CommandRegistry;
    readonly shell: { readonly currentWidget: object | null };
    readonly serviceManager: { readonly contents: { localPath(path: string): string } };
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
  import type { Widget } from "@lumino/widgets";

  /** Both the token that asks for the palette and the palette. */
  export const ICommandPalette: object;
  export interface ICommandPalette {
    addItem(item: { command: string; category: string; args?: object }): object;
  }
  /** Both the token that asks for the registry of what toolbars hold and the registry. */
  export const IToolbarWidgetRegistry: object;
  export interface IToolbarWidgetRegistry {
    addFactory<T extends Widget>(toolbar: string, item: string, make: (of: T) => Widget): void;
  }
  export const Notification: {
    /** Returns the id by which it is changed and taken away. */
    emit(
      message: string,
      type: "in-progress" | "warning" | "error",
      options: { autoClose: false | number; actions?: readonly { label: string; callback(): void }[] },
    ): string;
    update(change: { id: string; message: string; type: "success"; autoClose: number }): boolean;
    dismiss(id: string): void;
  };
  export interface DialogButton {
    readonly accept: boolean;
  }
  export class Dialog {
    constructor(options: {
      title: string;
      body: Widget;
      buttons: readonly DialogButton[];
      defaultButton: number;
    });
    static cancelButton(options: { label: string }): DialogButton;
    static warnButton(options: { label: string; caption: string }): DialogButton;
    launch(): Promise<{ button: DialogButton }>;
    reject(): void;
  }
}

declare module "@jupyterlab/cells" {
  import type { Cell, Message, SessionContext } from "@jupyterlab/notebook";

  export const CodeCell: {
    /** Runs a cell without touching what the reader does in the notebook; nothing for one without code. */
    execute(
      cell: Cell,
      sessionContext: SessionContext,
      metadata: { recordTiming: boolean },
    ): Promise<Message | undefined>;
  };
}

declare module "@jupyterlab/codemirror" {
  import type { Extension } from "@codemirror/state";

  /** Both the token that asks for the registry and the registry. */
  export const IEditorExtensionRegistry: object;
  export interface IEditorExtensionRegistry {
    addExtension(extension: {
      name: string;
      /** Called for each editor; null where it gets nothing. */
      factory(options: { model: EditorModel }): ConfigurableExtension | null;
    }): void;
  }
  export interface EditorModel {
    /** Those of cells. */
    readonly type?: string;
    readonly sharedModel: { readonly undoManager?: UndoManager | null };
  }
  /** Yjs's: changes are undone as one that follow each other within its time. */
  export interface UndoManager {
    captureTimeout: number;
    stopCapturing(): void;
  }
  export interface ConfigurableExtension {
    instance(editor: object): Extension;
  }
  export const EditorExtensionRegistry: {
    createImmutableExtension(extension: Extension): ConfigurableExtension;
  };
}

declare module "@jupyterlab/coreutils" {
  export const PageConfig: {
    /** What the server says to the page; "" where it says nothing. */
    getOption(name: string): string;
  };
}

declare module "@jupyterlab/mainmenu" {
  import type { Menu } from "@lumino/widgets";

  /** Both the token that asks for the menu bar and the menu bar. */
  export const IMainMenu: object;
  export interface IMainMenu {
    readonly fileMenu: RankedMenu;
  }
  export interface RankedMenu {
    readonly id: string;
    readonly items: readonly { readonly submenu: RankedMenu | null }[];
    addItem(
      item: { rank: number } & (
        { command: string; args: object } | { type: "submenu"; submenu: Menu } | { type: "separator" }
      ),
    ): object;
  }
}

declare module "@jupyterlab/settingregistry" {
  import type { Signal } from "@jupyterlab/notebook";

  /** Both the token that asks for the registry of settings and the registry. */
  export const ISettingRegistry: object;
  export interface ISettingRegistry {
    load(plugin: string): Promise<Settings>;
    /** What becomes of a plugin's settings when they were fetched, and when defaults and the reader's are put together. */
    transform(
      plugin: string,
      by: { fetch(plugin: SettingsPlugin): SettingsPlugin; compose(plugin: SettingsPlugin): SettingsPlugin },
    ): object;
  }
  export interface SettingsPlugin {
    readonly schema: {
      readonly title?: string;
      readonly description?: string;
      readonly properties?: Record<string, object>;
    };
  }
  export interface Settings {
    readonly changed: Signal<void>;
    get(key: string): { readonly composite: unknown };
    set(key: string, value: boolean): Promise<void>;
  }
}

declare module "@jupyterlab/services" {
  export namespace ServerConnection {
    interface Settings {
      readonly baseUrl: string;
    }
    function makeSettings(): Settings;
    function makeRequest(address: string, init: RequestInit, settings: Settings): Promise<Response>;
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
    readonly context: {
      readonly path: string;
      /** When the notebook is there. */
      readonly ready: Promise<void>;
      readonly model: { readonly dirty: boolean; readonly readOnly: boolean };
      save(): Promise<void>;
    };
  }
  export interface Notebook extends Widget {
    activeCellIndex: number;
    readonly notebookConfig: { readonly recordTiming: boolean };
    readonly widgets: readonly Cell[];
    deselectAll(): void;
    scrollToItem(index: number, align: "smart"): Promise<void>;
    readonly modelContentChanged: Signal<void>;
  }
  export interface Cell extends Widget {
    readonly model: {
      getMetadata(key: string): unknown;
      setMetadata(key: string, value: unknown): void;
      readonly id: string;
      readonly type: string;
      readonly sharedModel: { readonly source: string };
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
    readonly info: Promise<{ readonly implementation: string }>;
    createComm(target: string): Comm;
  }
  export interface Comm {
    onMsg: (message: Message) => void;
    onClose: (message: Message) => void;
    open(data: object): object;
  }
  export interface Message {
    readonly channel: string;
    readonly header: { readonly msg_type: string; readonly msg_id: string; readonly date: string };
    /** That of the request which it answers, where there was one. */
    readonly parent_header: { readonly msg_id?: string };
    readonly metadata: Record<string, unknown>;
    readonly content: Record<string, unknown>;
  }
  export const NotebookActions: {
    /** Whether all of them ran without an error. */
    runCells(notebook: Notebook, cells: readonly Cell[], sessionContext: SessionContext): Promise<boolean>;
  };
}
