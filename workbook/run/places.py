"""Where results and live copies stand: beside the data root."""

from __future__ import annotations

from pathlib import Path


def runs_folder(data: Path) -> Path:
    """Give ``runs/``, which lies beside the data root. JupyterLab serves it and nothing else."""
    return data.parent / "runs"


def results_folder(region: str, lang: str, data: Path) -> Path:
    """Give ``runs/<region>/<lang>/``."""
    return runs_folder(data) / region / lang


def live_folder(region: str, lang: str, data: Path) -> Path:
    """Give the folder of the notebooks that people work in, which no run ever touches."""
    return results_folder(region, lang, data) / "live"


def session_folder(region: str, lang: str, data: Path) -> Path:
    """Give the folder of the papers for a working session: slips with codes, Excel forms."""
    return results_folder(region, lang, data) / "session"
