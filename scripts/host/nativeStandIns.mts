// Small scripts in place of what the VS Code server would have compiled or downloaded: two native modules and a search program.
// The server runs without them, but fills every log with errors.

/** Writes log lines to a file. The names are exported one by one because the server imports them from an ES module. */
export const spdlogStandIn = `const fs = require("fs"), path = require("path");
const levels = ["trace", "debug", "info", "warning", "error", "critical", "off"];
class Logger {
  constructor(file) { this.file = file; this.level = 2; fs.mkdirSync(path.dirname(file), { recursive: true }); }
  write(level, text) {
    if (level < this.level || !this.file) return;
    try { fs.appendFileSync(this.file, new Date().toISOString() + " [" + levels[level] + "] " + text + "\\n"); }
    catch { this.file = undefined; } // the folder is gone: the server is being removed
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() { this.file = undefined; }
}
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
`;

/** Would end the extension host when its parent dies; server.mts ends the whole tree itself. */
export const watchdogStandIn = "exports.start = () => {};\n";

/** ripgrep's exit code 1 means: no match. */
export const searchStandIn = "#!/bin/sh\nexit 1\n";
