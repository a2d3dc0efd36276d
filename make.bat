@echo off
rem The two commands for Windows: "make run" and "make test" (in PowerShell: ".\make run").
setlocal
cd /d "%~dp0"
if not exist .venv\Scripts\werkboek.exe (
  py -3 -m venv .venv || exit /b 1
  .venv\Scripts\python -m pip install --quiet --require-hashes -r requirements.lock || exit /b 1
  .venv\Scripts\python -m pip install --quiet --no-deps --no-build-isolation -e . || exit /b 1
)
if "%1"=="install" exit /b 0
if "%1"=="run" ( .venv\Scripts\werkboek run --all & exit /b )
if "%1"=="lab" ( .venv\Scripts\werkboek lab & exit /b )
if "%1"=="test" (
  .venv\Scripts\python -m pip install --quiet --require-hashes -r requirements-compare.lock || exit /b 1
  .venv\Scripts\python scripts\check.py & exit /b
)
echo make run    check both regions, run the series, write runs\
echo make lab    work in the notebooks, in the browser
echo make test   every check
