import qrcode from "qrcode-generator";
import { element } from "./element";
import type { Words } from "./pagewords";

/** More than this, in characters, no camera reads. */
const longestCode = 2000;

/** Shows the link to hand out, and its QR code where the page is on the web. */
export function shareDialog(address: string, words: Words): HTMLDialogElement {
  const isWeb = /^https?:/.test(address);
  const field = element("input", {
    type: "text",
    readOnly: true,
    value: address,
    aria: { label: words.share },
  });
  const said = element("p", { aria: { live: "polite" } });
  const copy = element("button", { type: "button", textContent: words.copy });
  copy.onclick = () => {
    field.select();
    void (navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("none"))).catch(() =>
      document.execCommand("copy"),
    );
    said.textContent = words.copied;
  };
  const parts: Node[] = [element("p", { textContent: words.shareText }), field, copy, said];
  if (!isWeb) parts.push(element("p", { textContent: words.shareFile }));
  else if (address.length > longestCode) parts.push(element("p", { textContent: words.noQr }));
  else parts.push(qrPicture(address, words));
  return dialogOf(words.share, parts, words);
}

function qrPicture(address: string, words: Words): HTMLElement {
  const code = qrcode(0, "L");
  code.addData(address);
  code.make();
  const url = `data:image/svg+xml,${encodeURIComponent(code.createSvgTag({ cellSize: 4, margin: 16, scalable: true }))}`;
  return element("img", { className: "qr", src: url, alt: words.qr });
}

export function dialogOf(title: string, parts: Node[], words: Words): HTMLDialogElement {
  const close = element("button", { type: "submit", textContent: words.close });
  const dialog = element(
    "dialog",
    { aria: { label: title } },
    element("h2", { textContent: title }),
    ...parts,
    element("form", { method: "dialog" }, close),
  );
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
