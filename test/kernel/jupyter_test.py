"""Every sample of jupyter_kernel_test, for our kernel. Usage: python jupyter_test.py"""

import unittest

import jupyter_kernel_test


class TslabGradientsTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [
        {"text": "Math.expm", "matches": {"expm1"}},
        {"text": "const earlierName = 1; earlierNa", "matches": {"earlierName"}},
        {"text": '"😀"; Number.isSafe', "matches": {"isSafeInteger"}},
    ]
    complete_code_samples = ["1 + 1", "const x = 3", "await (async () => 1)()", "for (const x of [1]) { x }"]
    incomplete_code_samples = ["function f() {", "const s = `a", "[1, 2,", "if (true)", "/* open"]
    invalid_code_samples = ["const = 3", "1 +* 2", "let 3x", '"unterminated\n1']
    code_page_something = ""
    code_generate_error = 'throw new Error("as it should")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "'ab'"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "await (Promise.resolve(3))", "result": "3"},
        {
            "code": '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>x</b>", "text/plain": "x" }) })',
            "result": "<b>x</b>",
            "mime": "text/html",
        },
        {
            "code": 'import * as g from "tslab-gradients"; '
            "g.gradientFigure([{ gradients: [{ name: 'layers.0.0.weight', shape: [1, 1], mean: 1 }] }])",
            "mime": "application/vnd.plotly.v1+json",
        },
    ]
    code_display_data = [
        {"code": f'import {{ display as d{i} }} from "tslab"; d{i}.{call}', "mime": mime}
        for i, (call, mime) in enumerate(
            [
                ('html("<b>x</b>")', "text/html"),
                ('markdown("**x**")', "text/markdown"),
                ("svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "image/svg+xml"),
                ("png(new Uint8Array([137, 80, 78, 71]))", "image/png"),
                ("jpeg(new Uint8Array([255, 216]))", "image/jpeg"),
            ]
        )
    ]
    code_history_pattern = "6 [*]*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.expm1"
    code_clear_output = 'import { clearOutput } from "tslab-gradients"; clearOutput()'

    def test_the_end_of_a_queue(self) -> None:
        """A cell sent right after an error is told that it was aborted."""
        self.flush_channels()
        # The error comes when the others have been sent for certain.
        failing = 'await new Promise((resolve) => setTimeout(resolve, 500)); throw new Error("stop")'
        ids = [self.kc.execute(code) for code in [failing, "1", "2"]]
        replies = {}
        while len(replies) < len(ids):
            reply = self.kc.get_shell_msg(timeout=30)
            replies[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        self.assertEqual([replies[i] for i in ids], ["error", "aborted", "aborted"])


class TslabGradientsWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "tslab"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
