"""Jupyter's server extension behind the entries of JupyterLab's File > Save and Export Notebook As."""

import mimetypes
import os

from anyio.to_thread import run_sync
from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, path_regex
from jupyter_server.utils import url_path_join
from tornado import web
from traitlets.config import Config

from tslab_gradients_exporters import Refused, export


class ExportHandler(APIHandler):
    """GET of a notebook: its export as a download, or with 422 what keeps it from being one, as JSON."""

    auth_resource = "nbconvert"

    @web.authenticated
    @authorized
    async def get(self, path):
        self.check_xsrf_cookie()
        path = path.strip("/")
        model = await ensure_async(self.contents_manager.get(path=path, type="notebook"))
        # Only a manager of files knows where a notebook lies, and so where its pictures do.
        place = getattr(self.contents_manager, "_get_os_path", None)
        pictures = os.path.dirname(place(path)) if place else None
        name = os.path.splitext(model["name"])[0]
        arguments = ["--to", self.get_argument("to")]
        variant = self.get_argument("variant", None)
        if variant:
            arguments += ["--variant", variant]
        for kind in self.get_arguments("allow"):
            arguments += ["--allow", kind]
        language = self.get_argument("language", None)
        try:
            file, content = await run_sync(
                lambda: export(model["content"], name, pictures, *arguments, language=language)
            )
        except Refused as refused:
            self.set_status(422)
            self.finish({"problems": refused.problems})
            return
        self.set_attachment_header(file)
        self.set_header("Cache-Control", "no-store")
        self.finish(content, set_content_type=mimetypes.guess_type(file)[0] or "application/octet-stream")


def _jupyter_server_extension_points():
    return [{"module": "tslab_gradients_server"}]


def _load_jupyter_server_extension(server):
    route = url_path_join(server.web_app.settings["base_url"], "tslab-gradients", "export")
    server.web_app.add_handlers(".*$", [(route + path_regex, ExportHandler)])
    # JupyterLab's menu lists nbconvert's exporters, and has entries of our own for these.
    server.update_config(Config({"TslabGradientsExporter": {"enabled": False}}))
    # The extension of JupyterLab may also lie where there is none of these.
    server.web_app.settings.setdefault("page_config_data", {})["tslabGradientsExport"] = True
