"""nbconvert's exporters that call `tslab-gradients export`: JupyterLab lists them in File > Save and Export."""

import json
import subprocess
import tempfile
from pathlib import Path

import nbformat
from nbconvert.exporters import Exporter
from nbconvert.exporters.exporter import ResourcesDict

COMMAND = json.loads((Path(__file__).parent / "tslab_gradients_exporters.json").read_text("utf8"))


class _Exporter(Exporter):
    _to = "html"

    def from_notebook_node(self, nb, resources=None, **kw):
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        if not isinstance(resources, ResourcesDict):
            resources = ResourcesDict(resources or {})
        metadata = resources.get("metadata", {})
        name = metadata.get("name") or "notebook"
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{name}.ipynb"
            target = Path(folder) / f"{name}{self.file_extension}"
            nbformat.write(copy, source)
            pictures = metadata.get("path") or "."
            arguments = ["export", str(source), "--to", self._to, "-o", str(target), "--pictures", pictures]
            done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, encoding="utf8")
            if done.returncode != 0:
                raise RuntimeError(done.stderr.replace(str(source), name).strip())
            output = target.read_bytes()
        return (output if self._to == "pdf" else output.decode("utf8")), resources


class LiveHTML(_Exporter):
    export_from_notebook = "Live HTML"
    file_extension = ".html"
    output_mimetype = "text/html"


class LiveSlides(_Exporter):
    _to = "slides"
    export_from_notebook = "Live slides"
    file_extension = ".slides.html"
    output_mimetype = "text/html"


class PrintedPDF(_Exporter):
    _to = "pdf"
    export_from_notebook = "PDF (tslab-gradients)"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"
