@echo off
rem Starts Tandem CADx on this computer. Uses node.exe beside it, else the installed Node.js.
title Tandem CADx
cd /d "%~dp0"
set "NODE=node"
if exist "%~dp0node.exe" set "NODE=%~dp0node.exe"
"%NODE%" --version >nul 2>nul
if errorlevel 1 goto missing
"%NODE%" server\package-start.mjs %*
if errorlevel 1 pause
exit /b
:missing
echo Node.js is not on this computer. README.txt says what to do.
pause
exit /b 1
