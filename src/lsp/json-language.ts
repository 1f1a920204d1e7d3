/** What only completion in configurations needs: a file of its own beside the program, loaded when it is first asked for. */
export { getLanguageService } from "vscode-json-languageservice";
