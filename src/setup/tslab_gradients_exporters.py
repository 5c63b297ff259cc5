"""nbconvert's exporters that call `tslab-gradients export`, for `jupyter nbconvert --to tslab-gradients`."""

import io
import json
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

import nbformat
from nbconvert.exporters import Exporter
from nbconvert.exporters.exporter import ResourcesDict

COMMAND = json.loads((Path(__file__).parent / "tslab_gradients_exporters.json").read_text("utf8"))


class Refused(RuntimeError):
    """What keeps a notebook from being exported: each problem has a sentence, and may name its cell and its kind."""

    def __init__(self, problems):
        super().__init__("\n".join(problem["line"] for problem in problems))
        self.problems = problems


def export(notebook, name, pictures, *arguments, language=None):
    """Exports a notebook; returns the file's name and its content, an archive where there are several.

    pictures: the folder of the pictures that its prose shows, or None
    arguments: further ones of the command's
    language: what problems are told in, "en" or "zh"; by default the server's own
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source", f"{name}.ipynb")
        target = Path(folder, "target")
        for made in (source.parent, target):
            made.mkdir()
        nbformat.write(notebook, source)
        fixed = ["--json", "--pictures", pictures or source.parent, "-o", f"{target}{os.sep}"]
        environment = {**os.environ, **({"TSLAB_GRADIENTS_LANGUAGE": language} if language else {})}
        command = [*COMMAND, "export", source, *fixed, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf8", env=environment)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            said = done.stderr.strip()
            report = {"problems": [{"sentence": said, "line": said}]}
        if "problems" in report:
            raise Refused([_in_words(problem, source.parent, target) for problem in report["problems"]])
        paths = [Path(file["path"]) for file in report["files"]]
        if len(paths) == 1:
            return paths[0].name, paths[0].read_bytes()
        return f"{paths[0].stem}.zip", _zipped(paths, target)


def _zipped(paths, folder):
    """What is a file and the pictures that it shows beside it comes as one."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in paths:
            zipped.write(path, path.relative_to(folder))
    return archive.getvalue()


def _in_words(problem, *folders):
    """Without the temporary folders, which nobody knows."""
    known = dict(problem)
    for key in ("sentence", "line"):
        for folder in folders:
            known[key] = known[key].replace(f"{folder}{os.sep}", "")
    return known


class TslabGradientsExporter(Exporter):
    _to = "html"

    def from_notebook_node(self, nb, resources=None, **kw):
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        if not isinstance(resources, ResourcesDict):
            resources = ResourcesDict(resources or {})
        metadata = resources.get("metadata", {})
        name = metadata.get("name") or "notebook"
        _, output = export(copy, name, metadata.get("path") or ".", "--to", self._to)
        return (output if self._to == "pdf" else output.decode("utf8")), resources


class LiveHTML(TslabGradientsExporter):
    export_from_notebook = "Live HTML"
    file_extension = ".html"
    output_mimetype = "text/html"


class LiveSlides(TslabGradientsExporter):
    _to = "slides"
    export_from_notebook = "Live slides"
    file_extension = ".slides.html"
    output_mimetype = "text/html"


class PrintedPDF(TslabGradientsExporter):
    _to = "pdf"
    export_from_notebook = "PDF (tslab-gradients)"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"
