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

const types: { [extension: string]: string } = {
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  bmp: "image/bmp",
  ico: "image/x-icon",
  mp4: "video/mp4",
  webm: "video/webm",
  ogv: "video/ogg",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  ogg: "audio/ogg",
};

/** The MIME type of what a page shows as a picture, a video or a sound, by its file's name; null where it is none. */
export function fileType(path: string): string | null {
  const extension = /\.([^./\\]*)$/.exec(path)?.[1] ?? "";
  return types[extension.toLowerCase()] ?? null;
}

/** Such a file as an address that holds it. */
export function fileAddress(mimeType: string, content: Uint8Array): string {
  const buffer = Buffer.from(content);
  return pictureAddress(
    mimeType,
    mimeType === "image/svg+xml" ? buffer.toString("utf8") : buffer.toString("base64"),
  );
}

/** A picture that a notebook holds: as base64, or an SVG as its own text. */
export function heldBytes(mimeType: string, content: string): Uint8Array {
  const isText = mimeType === "image/svg+xml" && !/^[A-Za-z0-9+/=\s]+$/.test(content);
  return Buffer.from(content, isText ? "utf8" : "base64");
}
