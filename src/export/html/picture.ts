/** A picture as an address that holds it. */
export function pictureAddress(mimeType: string, content: string): string {
  const isSvgText = mimeType === "image/svg+xml" && content.includes("<");
  // Less is encoded than could be: it compresses better.
  if (isSvgText)
    return `data:image/svg+xml,${content.replace(/[%#<>"\r\n\t&?{}|\\^`]/g, (c) => encodeURIComponent(c))}`;
  return `data:${mimeType};base64,${content.replace(/\s/g, "")}`;
}

/** Pictures that a page shows, best first. */
export const pictureTypes = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"];

const extensions: { [extension: string]: string } = {
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};

/** A picture's file as an address that holds it; null where it is no picture. */
export function fileAddress(path: string, content: Uint8Array): string | null {
  const mimeType = extensions[path.replace(/^.*\./, "").toLowerCase()];
  if (mimeType === undefined) return null;
  const buffer = Buffer.from(content);
  return pictureAddress(
    mimeType,
    mimeType === "image/svg+xml" ? buffer.toString("utf8") : buffer.toString("base64"),
  );
}
