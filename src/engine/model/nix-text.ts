/** Shows the values of the option view as a person would write them in Nix, as far as there is room. */
import { PLAIN_PRIORITY, PRIORITIES } from "./builtins/modules.ts";
import type { Json } from "./view.ts";

/** A value in Nix's notation in at most `room` characters; longer ones end in `…`. */
export function nixText(value: Json, room: number): string {
  const writer = new Writer(room);
  writer.value(value);
  return writer.text.length > room ? `${writer.text.slice(0, Math.max(0, room - 1))}…` : writer.text;
}

/** Stops writing once there is no room left: a value may be as large as a file. */
class Writer {
  text = "";
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  value(value: Json): void {
    if (this.text.length > this.#room) return;
    if (value === null || typeof value === "boolean" || typeof value === "number") this.text += String(value);
    else if (typeof value === "string") this.text += `"${escaped(value.slice(0, this.#room + 1))}"`;
    else if (Array.isArray(value)) this.#list(value as readonly Json[]);
    else this.#object(value as Readonly<Record<string, Json>>);
  }

  #list(items: readonly Json[]): void {
    this.text += "[ ";
    for (const item of items) {
      if (this.text.length > this.#room) return;
      const isWrapped = isCall(item);
      if (isWrapped) this.text += "(";
      this.value(item);
      this.text += isWrapped ? ") " : " ";
    }
    this.text += "]";
  }

  #object(value: Readonly<Record<string, Json>>): void {
    if (typeof value["$ref"] === "string") this.text += value["$ref"];
    else if (typeof value["$path"] === "string") this.text += `./${value["$path"]}`;
    else if (Array.isArray(value["$text"])) this.#pieces(value["$text"] as readonly Json[]);
    else if ("$call" in value) this.#call(value["$call"] as Json, (value["args"] ?? []) as readonly Json[]);
    else {
      this.text += "{ ";
      for (const [name, inner] of Object.entries(value)) {
        if (this.text.length > this.#room) return;
        this.text += `${/^[A-Za-z_][\w'-]*$/.test(name) ? name : `"${escaped(name)}"`} = `;
        this.value(inner);
        this.text += "; ";
      }
      this.text += "}";
    }
  }

  #pieces(parts: readonly Json[]): void {
    this.text += '"';
    for (const part of parts) {
      if (this.text.length > this.#room) return;
      if (typeof part === "string") this.text += escaped(part.slice(0, this.#room + 1));
      else {
        this.text += "${";
        this.value(part);
        this.text += "}";
      }
    }
    this.text += '"';
  }

  #call(fn: Json, args: readonly Json[]): void {
    if (typeof fn === "string") this.text += fn;
    else this.value(fn);
    for (const arg of args) {
      this.text += isCall(arg) ? " (" : " ";
      this.value(arg);
      if (isCall(arg)) this.text += ")";
    }
  }
}

function isCall(value: Json): boolean {
  return typeof value === "object" && value !== null && "$call" in value;
}

function escaped(text: string): string {
  return text.replace(/["\\]|\$\{/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
}

/** The function that gives a priority (`mkForce`), or `mkOverride` with its number; empty for a plain definition. */
export function priorityName(priority: number): string {
  if (priority === PLAIN_PRIORITY) return "";
  return Object.entries(PRIORITIES).find(([, value]) => value === priority)?.[0] ?? `mkOverride ${priority}`;
}
