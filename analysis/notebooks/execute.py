"""Executes notebooks without a browser and fails on any error, any empty figure, and a notebook without figures.

    python3 analysis/notebooks/execute.py [--pictures FOLDER] NOTEBOOK...

Nothing is written back: the notebooks in the repository hold no outputs. Results are looked for where the notebooks
say, or in the folder that the environment variable TWOSTACKS_RESULTS names.
"""

import argparse
import base64
import os
import pathlib
import sys

import nbclient
import nbformat

# Runs in the notebook, before its figures are shown and closed.
WATCH = """
import matplotlib.pyplot as _plt
import numpy as _np
from IPython import get_ipython as _shell

def _look(*_):
    for _number in _plt.get_fignums():
        _axes = _plt.figure(_number).axes
        if not _axes or not all(a.has_data() and _np.isfinite(a.dataLim.get_points()).all() for a in _axes):
            print("EMPTY FIGURE")

_show = _plt.show
def _watched(*arguments, **named):
    _look()
    _show(*arguments, **named)
_plt.show = _watched
"""


def execute(path, pictures):
    """Executes a notebook; returns what is wrong with it, empty if nothing is."""
    notebook = nbformat.read(path, as_version=4)
    if any(cell.get("outputs") for cell in notebook.cells):
        return "it is kept with outputs; clear them"
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%matplotlib inline\n" + WATCH))
    client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3",
                                     resources={"metadata": {"path": str(path.parent)}})
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        return str(error)
    figures = 0
    for cell in notebook.cells[1:]:
        for output in cell.get("outputs", []):
            if "EMPTY FIGURE" in output.get("text", ""):
                return "an empty figure from:\n" + cell.source
            picture = output.get("data", {}).get("image/png")
            if picture:
                figures += 1
                if pictures:
                    pictures.mkdir(parents=True, exist_ok=True)
                    (pictures / f"{path.stem}-{figures}.png").write_bytes(base64.b64decode(picture))
    if figures == 0:
        return "it shows no figure"
    print(f"{path.name}: {figures} figures")
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="folder to put the figures into")
    arguments = parser.parse_args()
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else each kernel warns of what nobody can change
    wrong = 0
    for path in arguments.notebooks:
        problem = execute(path.resolve(), arguments.pictures)
        if problem:
            wrong += 1
            print(f"{path}: {problem}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
