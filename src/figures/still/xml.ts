const svg = "http://www.w3.org/2000/svg";

/** A drawn node as XML. W3C: "DOM Parsing and Serialization", `serializeToString`. */
export function xmlOf(node: Node): string {
  if (node.nodeType === node.TEXT_NODE) return escaped(node.nodeValue ?? "");
  if (node.nodeType !== node.ELEMENT_NODE) return "";
  const element = node as Element;
  const name = element.localName;
  // The last that was set comes first here.
  const attributes = Array.from(element.attributes).reverse();
  const start = `<${name}${attributes.map(attributeOf).join("")}`;
  const inside = Array.from(element.childNodes, xmlOf).join("");
  return inside === "" && element.namespaceURI === svg ? `${start}/>` : `${start}>${inside}</${name}>`;
}

function attributeOf({ name, value }: Attr): string {
  const said = name === "style" ? styleOf(value) : value;
  if (name === "style" && said === "") return "";
  const text = escaped(said).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
  return ` ${name}="${text}"`;
}

/** The declarations that say something, as browsers write them. */
function styleOf(value: string): string {
  return value
    .split(";")
    .map((declaration) => /^([^:]+):(.+)$/s.exec(declaration.trim()))
    .flatMap((parts) => (parts === null ? [] : [`${parts[1]!.trim()}: ${parts[2]!.trim()};`]))
    .join(" ");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
