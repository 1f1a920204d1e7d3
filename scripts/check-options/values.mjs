/** Brings what Nix computed and what the model says into one notation, so that the two can be compared as text. */

const OPEN = "\u0001";
const CLOSE = "\u0002";

/** A value that cannot be compared: it throws, or holds a function. */
export const NOTHING = Symbol("nothing");

function joined(parts) {
  const out = [];
  for (const part of parts) {
    if (typeof part === "string" && typeof out[out.length - 1] === "string") out[out.length - 1] += part;
    else if (part !== "") out.push(part);
  }
  if (out.length === 0) return "";
  return out.length === 1 ? out[0] : { text: out };
}

function flat(parts) {
  return parts.flatMap((part) => (part !== null && typeof part === "object" && Array.isArray(part.text) ? part.text : [part]));
}

/** Reads the driver's values. `places` turns the absolute paths of the evaluation into what the model calls them. */
export function fromNix(value, places) {
  if (typeof value === "string") {
    const text = places.text(value);
    const parts = [];
    for (let at = 0; at < text.length; ) {
      const start = text.indexOf(OPEN, at);
      if (start < 0) {
        parts.push(text.slice(at));
        break;
      }
      const end = text.indexOf(CLOSE, start);
      parts.push(text.slice(at, start), fromNix(JSON.parse(text.slice(start + 1, end)), places));
      at = end + 1;
    }
    return parts.includes(NOTHING) ? NOTHING : joined(flat(parts));
  }
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => fromNix(item, places));
    return items.includes(NOTHING) ? NOTHING : items;
  }
  if ("$throw" in value || "$lambda" in value || "$deep" in value) return NOTHING;
  if ("$path" in value) return places.path(value.$path);
  if ("$store" in value) return { store: value.$store };
  if ("$ref" in value) return { ref: value.$ref };
  if ("$select" in value) {
    const from = fromNix(value.$select, places);
    return from === NOTHING ? NOTHING : { select: from, name: value.name };
  }
  if ("$call" in value) {
    const fn = fromNix(value.$call, places);
    const arg = fromNix(value.arg, places);
    if (fn === NOTHING || arg === NOTHING) return NOTHING;
    return "call" in fn ? { call: fn.call, args: [...fn.args, arg] } : { call: fn, args: [arg] };
  }
  return fromSet(value.$set, (item) => fromNix(item, places));
}

function fromSet(set, convert) {
  const out = {};
  for (const name of Object.keys(set).sort()) {
    const inner = convert(set[name]);
    if (inner === NOTHING) return NOTHING;
    out[name] = inner;
  }
  return { set: out };
}

/** Reads the JSON of the option view. */
export function fromModel(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(fromModel);
  if ("$ref" in value) return { ref: splitPath(value.$ref) };
  if ("$path" in value) return { path: value.$path };
  if ("$text" in value) {
    // A path in a string is copied to the store: only its name stays.
    const parts = value.$text.map(fromModel).map((part) => (part !== null && typeof part === "object" && "path" in part ? { store: part.path.split("/").pop() } : part));
    return joined(flat(parts));
  }
  if ("$call" in value) {
    const fn = typeof value.$call === "string" ? { ref: splitPath(value.$call) } : fromModel(value.$call);
    return { call: fn, args: value.args.map(fromModel) };
  }
  return fromSet(value, fromModel);
}

/** The names of a written path. */
export function splitPath(path) {
  return [...path.matchAll(/"((?:[^"\\]|\\.)*)"|[^."]+/g)].map((match) => match[1]?.replace(/\\(.)/g, "$1") ?? match[0]);
}
