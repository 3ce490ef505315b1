@echo off
rem Starts Tandem CADx on this computer. Uses node.exe beside it, else the installed Node.js.
title Tandem CADx
rem pushd gives a folder on a network share a drive letter; cmd cannot work in one without.
pushd "%~dp0" || goto folder
set "NODE=node"
if exist "node.exe" set "NODE=.\node.exe"
"%NODE%" --version >nul 2>nul
if errorlevel 1 goto missing
"%NODE%" server\node-version.cjs && "%NODE%" server\package-start.mjs %*
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" pause
popd
exit /b %CODE%
:folder
echo The folder %~dp0 cannot be reached.
pause
exit /b 1
:missing
echo Node.js is not on this computer. README.txt says what to do.
pause
popd
exit /b 1
