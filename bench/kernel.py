"""Times kernels side by side and prints what was measured, in seconds, as JSON.

Standard input: {"kernels": {name: argv}, "rounds": number}; a kernel named "ipykernel" is Python's.
Standard output: {name: {measurement: [seconds per round]}}; null where a flood did not end, was not complete or not in
order.
"""

import json
import statistics
import sys
import time
from queue import Empty

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

request = json.load(sys.stdin)
LINES = 100_000
PATIENCE = 20
CELLS = {
    "typescript": {
        "first": "console.log(40 + 2)",
        "trivial": "{} + 1",
        "import": 'import * as tf from "@tensorflow/tfjs"; tf.scalar; console.log("there")',
        "tensor": "tf.scalar({}).shape",
        "flood": f"for (let i = 0; i < {LINES}; i++) console.log(i)",
    },
    "python": {
        "first": "print(40 + 2)",
        "trivial": "{} + 1",
        "flood": f"for i in range({LINES}): print(i)",
    },
}


class Running:
    """A kernel and its client."""

    def __init__(self, argv):
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(argv=argv, language="", display_name="")
        self.begun = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.kernel_info()
        self.client.get_shell_msg(timeout=PATIENCE)
        self.info = time.perf_counter() - self.begun
        self.subscribe()

    def subscribe(self):
        """Asks again, as JupyterLab's server does, until the broadcast channel is heard: a late one misses output."""
        for _ in range(100):
            try:
                self.client.get_iopub_msg(timeout=0.05)
                return
            except Empty:
                self.client.kernel_info()
        raise Empty

    def run(self, code, until=None):
        """Seconds from the request until the kernel is idle, or until it printed that, and what it printed."""
        begun = time.perf_counter()
        end = begun + PATIENCE
        sent = self.client.execute(code)
        printed = []
        while True:
            left = end - time.perf_counter()
            if left <= 0:
                raise Empty
            message = self.client.get_iopub_msg(timeout=left)
            if message["parent_header"].get("msg_id") != sent:
                continue
            content = message["content"]
            if message["msg_type"] == "stream":
                printed.append(content["text"])
                if until is not None and until in content["text"]:
                    return time.perf_counter() - begun, printed
            if message["msg_type"] == "error":
                sys.exit("\n".join(content["traceback"]))
            if message["msg_type"] == "status" and content["execution_state"] == "idle":
                return time.perf_counter() - begun, printed

    def trivial(self, code, times=20):
        """The median of cells that differ, as the stock kernel remembers what it made of the cell before."""
        return statistics.median(self.run(code.format(i))[0] for i in range(times))

    def flood(self, code):
        try:
            seconds, printed = self.run(code)
        except Empty:
            return None
        return seconds if "".join(printed) == "".join(f"{i}\n" for i in range(LINES)) else None

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


measured = {name: {} for name in request["kernels"]}


def note(name, what, seconds):
    measured[name].setdefault(what, []).append(seconds)


for _ in range(request["rounds"]):
    for name, argv in request["kernels"].items():
        cells = CELLS["python" if name == "ipykernel" else "typescript"]
        kernel = Running(argv)
        note(name, "info", kernel.info)
        kernel.run(cells["first"], until="42")
        note(name, "first", time.perf_counter() - kernel.begun)
        kernel.run(cells["trivial"].format(-1))
        note(name, "trivial", kernel.trivial(cells["trivial"]))
        if "import" in cells:
            kernel.run(cells["import"])
            note(name, "imported", kernel.trivial(cells["trivial"]))
            note(name, "tensor", kernel.trivial(cells["tensor"]))
        note(name, "flood", kernel.flood(cells["flood"]))
        kernel.end()
json.dump(measured, sys.stdout)
