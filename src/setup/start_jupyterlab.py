"""JupyterLab in the reader's language, which Python cannot tell where the C library lacks it.

The first argument is "chinese" or "other"; the rest are JupyterLab's. A language that the reader chose in JupyterLab's own
settings goes before this default.
"""

import locale
import sys

SIMPLIFIED = ("zh_CN", "UTF-8")
ENGLISH = ("en_US", "UTF-8")


def default_language(is_chinese, own):
    if is_chinese:
        return SIMPLIFIED
    # On Windows the name may be "Chinese (Simplified)_China".
    return ENGLISH if (own[0] or "").lower().startswith(("zh", "chinese")) else own


def main():
    # Python puts this file's folder there, whose modules are for `.venv`'s own folder.
    sys.path.pop(0)
    chosen = default_language(sys.argv.pop(1) == "chinese", locale.getlocale())
    of_system = locale.getlocale
    # JupyterLab's server takes its default from there, once, while it is imported.
    locale.getlocale = lambda *arguments: chosen
    import jupyterlab_server.translation_utils  # noqa: F401

    locale.getlocale = of_system
    from jupyterlab.labapp import main as start

    sys.exit(start())


if __name__ == "__main__":
    main()
