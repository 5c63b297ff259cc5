"""Executes a notebook in its own folder, as Jupyter does, and writes it with its new outputs.

Usage: python execute.py NOTEBOOK OUTPUT [--kernel NAME] [--only ID,ID,...]     exit code 1 where a cell fails
"""
import argparse, pathlib, re, sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

parser = argparse.ArgumentParser()
parser.add_argument("notebook", type=pathlib.Path)
parser.add_argument("output", type=pathlib.Path)
parser.add_argument("--kernel", default="tslab")
parser.add_argument("--only", help="the ids of the code cells to run; the others are left out")
arguments = parser.parse_args()

notebook = nbformat.read(arguments.notebook, as_version=4)
metadata = notebook.metadata
if arguments.only:
    chosen = arguments.only.split(",")
    notebook.cells = [cell for cell in notebook.cells if cell.id in chosen]
client = NotebookClient(
    notebook,
    kernel_name=arguments.kernel,
    timeout=120,
    record_timing=False,
    resources={"metadata": {"path": str(arguments.notebook.resolve().parent)}},
)
try:
    client.execute()
except CellExecutionError as error:
    print(error, file=sys.stderr)
    sys.exit(1)

# The kernel's name and language stay; what else a machine adds goes.
notebook.metadata = {key: metadata[key] for key in ("kernelspec", "language_info")}
for cell in notebook.cells:
    cell.metadata.pop("execution", None)
    if cell.cell_type != "code":
        continue
    # What is printed at once may arrive in pieces.
    joined = []
    for output in cell.outputs:
        before = joined[-1] if joined else None
        if before and before.output_type == output.output_type == "stream" and before.name == output.name:
            before.text += output.text
        else:
            joined.append(output)
    cell.outputs = joined
nbformat.validate(notebook)
nbformat.write(notebook, arguments.output)
