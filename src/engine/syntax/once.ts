/** Works out once what several ask of one object: a file, a configuration, what a script does. None of these ever changes. */

/** Where an object keeps what was found of it, by the function that finds it. */
const MEMORY = Symbol("found once");

interface Remembering {
  [MEMORY]?: Map<object, unknown>;
}

/**
 * The same function, which finds its answer for each object only the first time; what else it is given goes with that object.
 *
 * The object itself holds the answer. A `WeakMap` would do, but one that lives as long as the program keeps all its answers, and
 * all that these refer to, alive until the next full collection of the heap, where the quick one for young objects could have
 * freed them: in an editor that is a whole configuration with each keystroke. A copy of the object does not take the answer along.
 */
export function onceFor<K extends object, More extends readonly unknown[], V>(find: (key: K, ...more: More) => V): (key: K, ...more: More) => V {
  return (key, ...more) => {
    let memory = (key as Remembering)[MEMORY];
    if (memory === undefined) {
      memory = new Map();
      // Not enumerable, so that `{ ...object }` leaves it behind.
      Object.defineProperty(key, MEMORY, { value: memory });
    }
    const known = memory.get(find);
    if (known !== undefined || memory.has(find)) return known as V;
    const value = find(key, ...more);
    memory.set(find, value);
    return value;
  };
}
