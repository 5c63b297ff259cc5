"""Executes cells with nbclient and prints what became of each.

Standard input: {"cells": [{"source", "tags"}, …], "options": {…}}, the options being NotebookClient's.
Standard output: {"error": what nbclient raised or null, "cells": [{"count", "outputs"}, …]}
"""
import json, sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

request = json.load(sys.stdin)
notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "tslab", "display_name": "tslab"}})
for cell in request["cells"]:
    notebook.cells.append(
        nbformat.v4.new_code_cell(cell["source"], metadata={"tags": cell.get("tags", [])})
    )
error = None
try:
    NotebookClient(notebook, timeout=120, kernel_name="tslab", **request["options"]).execute()
except CellExecutionError as raised:
    error = {"ename": raised.ename, "evalue": raised.evalue, "text": str(raised)}
cells = [{"count": cell.execution_count, "outputs": cell.outputs} for cell in notebook.cells]
json.dump({"error": error, "cells": cells}, sys.stdout)
