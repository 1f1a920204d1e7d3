/** What only a server needs of the protocol's library: a file of its own beside the program, which no other command reads. */
export { ResponseError, createConnection, ErrorCodes } from "vscode-languageserver/node";
