// Opens the notebook named by NNBOOK_OPEN when the window is up. Opened by its address alone, it would come
// before the extensions are registered, and so as text.
const vscode = require("vscode");

exports.activate = async () => {
  const file = process.env.NNBOOK_OPEN;
  if (!file || vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) return;
  await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(file), "nnbook");
};
