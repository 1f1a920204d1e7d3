/** Works out once what several rules ask of one configuration: it does not change while it is judged. */

/** The same function, which finds its answer for each object only the first time; what else it is given goes with that object. */
export function onceFor<K extends object, More extends readonly unknown[], V>(find: (key: K, ...more: More) => V): (key: K, ...more: More) => V {
  const found = new WeakMap<K, { readonly value: V }>();
  return (key, ...more) => {
    let known = found.get(key);
    if (known === undefined) {
      known = { value: find(key, ...more) };
      found.set(key, known);
    }
    return known.value;
  };
}
