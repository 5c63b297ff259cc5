import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IToolbarWidgetRegistry, Notification } from "@jupyterlab/apputils";
import type { Kernel, NotebookPanel } from "@jupyterlab/notebook";
import { ISettingRegistry, type Settings, type SettingsPlugin } from "@jupyterlab/settingregistry";
import { ITranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { isOurs, listenToKernel } from "./kernelmessages";
import { addStyle } from "./labassets";
import { type FollowWords, wordsOf } from "./labwords";

/** Whose the setting is: the plugin that marks the cells. */
const plugin = "tslab-gradients:stale-cells";
const key = "runDependentsAutomatically";

/** Whether stale cells run by themselves: one setting, which JupyterLab keeps, for all notebooks. */
export class FollowSetting {
  private static only: FollowSetting | null = null;
  private isOn = false;
  private settings: Settings | null = null;
  private readonly listeners = new Set<() => void>();

  private constructor(
    registry: ISettingRegistry | null,
    private readonly words: FollowWords,
  ) {
    const called = (from: SettingsPlugin): SettingsPlugin => named(from, words);
    registry?.transform(plugin, { fetch: called, compose: (composed) => composed });
    void registry?.load(plugin).then(
      (settings) => {
        this.settings = settings;
        const read = (): void => this.take(settings.get(key).composite === true);
        settings.changed.connect(read);
        read();
      },
      (reason: unknown) => console.warn(`The settings of ${plugin} could not be loaded.`, reason),
    );
  }

  /** The page's one. */
  static of(registry: ISettingRegistry | null, words: FollowWords): FollowSetting {
    return (FollowSetting.only ??= new FollowSetting(registry, words));
  }

  get on(): boolean {
    return this.isOn;
  }

  /** Takes effect at once, for all open notebooks; where it cannot be kept it says so, and stays until the page goes. */
  set(on: boolean): void {
    this.take(on);
    this.settings?.set(key, on).catch((reason: unknown) => {
      const why = reason instanceof Error ? reason.message : String(reason);
      Notification.emit(this.words.unsaved(why), "error", { autoClose: 8000 });
    });
  }

  /** Calls back when it changes, until a widget is gone. */
  listen(widget: Widget, changed: () => void): void {
    this.listeners.add(changed);
    widget.disposed.connect(() => this.listeners.delete(changed));
  }

  private take(on: boolean): void {
    if (on === this.isOn) return;
    this.isOn = on;
    for (const changed of this.listeners) changed();
  }
}

/** The settings as they are called in the interface's language. */
function named(from: SettingsPlugin, words: FollowWords): SettingsPlugin {
  const { title, description, follow, caption } = words;
  const property = { ...from.schema.properties?.[key], title: follow, description: caption };
  return {
    ...from,
    schema: {
      ...from.schema,
      title,
      description,
      properties: { ...from.schema.properties, [key]: property },
    },
  };
}

/** Its schema tells JupyterLab where in a notebook's toolbar the switch has its place. */
export const switchPlugin: JupyterFrontEndPlugin = {
  id: "tslab-gradients:follow-switch",
  description: "Puts the switch that runs dependent cells automatically into the toolbar of notebooks.",
  autoStart: true,
  requires: [IToolbarWidgetRegistry],
  optional: [ISettingRegistry, ITranslator],
  activate(
    _: JupyterFrontEnd,
    toolbars: IToolbarWidgetRegistry,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
  ) {
    addStyle(switchStyle);
    const { following: words } = wordsOf(translator);
    const setting = FollowSetting.of(registry, words);
    toolbars.addFactory("Notebook", "tslab-gradients-follow", (panel: NotebookPanel) =>
      followSwitch(panel, setting, words),
    );
  },
};

/** The switch for a notebook's toolbar; it shows where the kernel tells how cells hang together. */
function followSwitch(panel: NotebookPanel, setting: FollowSetting, words: FollowWords): Widget {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tslab-gradients-switch";
  button.setAttribute("role", "switch");
  button.title = words.caption;
  const track = document.createElement("span");
  track.className = "tslab-gradients-switch-track";
  button.append(track, words.follow);
  button.addEventListener("click", () => setting.set(!setting.on));
  const node = document.createElement("div");
  node.append(button);
  const widget = new Widget({ node });
  const draw = (): void => button.setAttribute("aria-checked", String(setting.on));
  setting.listen(widget, draw);
  draw();
  widget.hide();
  let latest: Kernel | null = null;
  listenToKernel(panel, {
    heard: () => undefined,
    renewed(kernel) {
      latest = kernel;
      if (kernel === null) widget.hide();
      else void isOurs(kernel).then((ours) => kernel === latest && widget.setHidden(!ours));
    },
  });
  return widget;
}

/** JupyterLab's own fonts and colours; off and on differ by the knob's place as well. */
const switchStyle = `
.tslab-gradients-switch {
  display: flex;
  align-items: center;
  gap: 6px;
  height: 24px;
  padding: 0 6px;
  border: 0;
  border-radius: var(--jp-border-radius);
  background: none;
  color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1);
  white-space: nowrap;
  cursor: pointer;
}
.tslab-gradients-switch:hover { background: var(--jp-layout-color2); }
.tslab-gradients-switch:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: -2px; }
.tslab-gradients-switch-track {
  flex: none;
  box-sizing: border-box;
  width: 26px;
  height: 14px;
  padding: 2px;
  border: 1px solid var(--jp-ui-font-color2);
  border-radius: 7px;
}
.tslab-gradients-switch-track::before {
  content: "";
  display: block;
  width: 8px;
  height: 8px;
  border-radius: 4px;
  background: var(--jp-ui-font-color2);
  transition: transform 0.12s;
}
[aria-checked="true"] > .tslab-gradients-switch-track {
  border-color: var(--jp-brand-color1);
  background: var(--jp-brand-color1);
}
[aria-checked="true"] > .tslab-gradients-switch-track::before {
  background: var(--jp-layout-color1);
  transform: translateX(12px);
}
@media (prefers-reduced-motion: reduce) { .tslab-gradients-switch-track::before { transition: none; } }
@media (forced-colors: active) {
  .tslab-gradients-switch-track::before { forced-color-adjust: none; background: ButtonText; }
}
`;
