export const svgType = "image/svg+xml";
export const pngType = "image/png";

/** Pictures that a page shows, best first. */
export const pictureTypes = [svgType, pngType, "image/jpeg", "image/gif", "image/webp"];

export function isPicture(mimeType: string): boolean {
  return mimeType.startsWith("image/");
}

/** A picture whose bytes are no text. */
export function isBitmap(mimeType: string): boolean {
  return isPicture(mimeType) && !mimeType.startsWith("image/svg");
}

/** What a page shows as a picture, a video or a sound, by its file's extension; of several the usual one first. */
const types: { [extension: string]: string } = {
  svg: svgType,
  png: pngType,
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

/** A picture as a `data:` address. */
export function pictureAddress(mimeType: string, content: string): string {
  const isSvgText = mimeType === svgType && content.includes("<");
  // Less is encoded than could be: it compresses better.
  if (isSvgText)
    return `data:${svgType},${content.replace(/[%#<>"\r\n\t&?{}|\\^`]/g, (c) => encodeURIComponent(c))}`;
  return `data:${mimeType};base64,${content.replace(/\s/g, "")}`;
}

/** The MIME type of what a page shows as a picture, a video or a sound, by its file's name; null where it is none. */
export function fileType(path: string): string | null {
  const extension = /\.([^./\\]*)$/.exec(path)?.[1] ?? "";
  return types[extension.toLowerCase()] ?? null;
}

/** How the name of such a file ends. */
export function extensionOf(mimeType: string): string | undefined {
  return Object.keys(types).find((extension) => types[extension] === mimeType);
}

/** Such a file as a `data:` address. */
export function fileAddress(mimeType: string, content: Uint8Array): string {
  const buffer = Buffer.from(content);
  return pictureAddress(mimeType, mimeType === svgType ? buffer.toString("utf8") : buffer.toString("base64"));
}

/** The bytes of a picture that a notebook holds as base64, or of an SVG that it holds as text. */
export function heldBytes(mimeType: string, content: string): Uint8Array {
  const isText = mimeType === svgType && !/^[A-Za-z0-9+/=\s]+$/.test(content);
  return Buffer.from(content, isText ? "utf8" : "base64");
}
