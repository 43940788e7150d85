@echo off
rem The `nnbook` command of VS Code's terminals, for Windows; see the one beside it.
setlocal
set ELECTRON_RUN_AS_NODE=1
if not defined NNBOOK_NODE set "NNBOOK_NODE=node"
"%NNBOOK_NODE%" "%~dp0..\dist\cli.cjs" %*
