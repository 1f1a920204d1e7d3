/** Files that are taken as text: vite does so by itself, the build by `scripts/raw.mjs`. */
declare module "*?raw" {
  const text: string;
  export default text;
}
