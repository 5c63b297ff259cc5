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
  }
  export interface JupyterFrontEndPlugin {
    readonly id: string;
    readonly description: string;
    readonly autoStart: boolean;
    readonly requires: readonly object[];
    activate(app: JupyterFrontEnd, ...services: never[]): void;
  }
}
