/** Makes text edits of operations; the definitions of several fixes that belong to one place become one tidy block. */
import type { SourceFile } from "../../model/index.ts";
import { onceFor } from "../../syntax/index.ts";
import { type Edit, overlaps } from "./apply.ts";
import { argumentEdit } from "./arguments.ts";
import type { Operation } from "./operations.ts";
import { type Slot, findSlot } from "./slots.ts";
import { writeSlots } from "./write.ts";

/** The edits of one file. */
export interface FileEdits {
  readonly file: SourceFile;
  readonly edits: readonly Edit[];
}

interface Resolved {
  readonly file: SourceFile;
  /** Null for an operation that has nothing left to do. */
  readonly edit: Edit | null;
  readonly slot: Slot | null;
  /** Of an insertion: others may stand at the same place. */
  readonly joins?: boolean;
}

/** An operation with its place; null where it has none. Asked first whether a fix can be made, then for its text. */
const resolve = onceFor((operation: Operation): Resolved | null => {
  switch (operation.do) {
    case "replace": {
      const { file, start, end } = operation.at;
      return { file, edit: { start, end, text: withLineEnds(file, operation.text) }, slot: null, joins: operation.joins === true && start === end };
    }
    case "define": {
      const slot = findSlot(operation);
      return slot === null ? null : { file: operation.file, edit: null, slot };
    }
    case "argument": {
      const edit = argumentEdit(operation);
      return edit === null ? null : { file: operation.file, edit: edit === "present" ? null : { ...edit, text: withLineEnds(operation.file, edit.text) }, slot: null };
    }
  }
});

/** Whether every operation has a place in the text as it stands. */
export function isFeasible(operations: readonly Operation[]): boolean {
  return new Batch().add(operations);
}

/** The edits of one fix by itself. */
export function editsOf(operations: readonly Operation[]): FileEdits[] {
  const batch = new Batch();
  batch.add(operations);
  return batch.edits();
}

/** Fixes that can be made in one pass. */
export class Batch {
  readonly #files = new Map<SourceFile, Resolved[]>();

  /** Takes a fix, if none of its operations wants a place that is taken; else takes nothing of it. */
  add(operations: readonly Operation[]): boolean {
    const taken: Resolved[] = [];
    for (const operation of operations) {
      const resolved = resolve(operation);
      if (resolved === null) return false;
      if ([...(this.#files.get(resolved.file) ?? []), ...taken].some((other) => clash(other, resolved))) return false;
      taken.push(resolved);
    }
    for (const resolved of taken) {
      const found = this.#files.get(resolved.file) ?? [];
      found.push(resolved);
      this.#files.set(resolved.file, found);
    }
    return true;
  }

  edits(): FileEdits[] {
    return [...this.#files].map(([file, all]) => {
      const edits = new Map<string, Edit>();
      const seen = new Set<string>();
      for (const { edit, joins } of all) {
        if (edit === null) continue;
        const key = `${edit.start} ${edit.end} ${edit.text}`;
        // What several fixes ask for is done once.
        if (seen.has(key)) continue;
        seen.add(key);
        const place = joins === true ? `${edit.start} joined` : key;
        edits.set(place, { ...edit, text: (edits.get(place)?.text ?? "") + edit.text });
      }
      const slots = writeSlots(all.flatMap(({ slot }) => slot ?? []));
      return { file, edits: [...edits.values(), ...slots.map((edit) => ({ ...edit, text: withLineEnds(file, edit.text) }))] };
    });
  }
}

/** Whether two operations of one file cannot be made in one pass. */
function clash(a: Resolved, b: Resolved): boolean {
  if (a.file !== b.file) return false;
  const [one, other] = [a.edit ?? a.slot?.span, b.edit ?? b.slot?.span];
  if (one === undefined || other === undefined) return false;
  // Definitions for one place are written together.
  if (a.slot !== null && b.slot !== null && a.slot.key === b.slot.key) return isSame(a.slot.path, b.slot.path) && a.slot.value !== b.slot.value;
  // An argument is asked for by many and added once.
  if (a.edit !== null && b.edit !== null && isSameEdit(a.edit, b.edit)) return false;
  if (a.joins === true && b.joins === true && a.edit?.start === b.edit?.start) return false;
  return overlaps({ ...one, text: "" }, { ...other, text: "" });
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

function isSameEdit(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** A text with the line ends that the file has. */
function withLineEnds(file: SourceFile, text: string): string {
  return text.includes("\n") && file.syntax.source.text.includes("\r\n") ? text.replace(/\r?\n/g, "\r\n") : text;
}
