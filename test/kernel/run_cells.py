"""Runs cells in a real kernel and prints the messages of each as JSON.

Standard input: {"kernel": name, "cwd": folder, "cells": [code, …]}; OUT gets [[{"type", "content"}, …], …]

Usage: python run_cells.py OUT
"""

import json
import sys
import time
from queue import Empty

from jupyter_client.manager import start_new_kernel

request = json.load(sys.stdin)
manager, client = start_new_kernel(kernel_name=request["kernel"], cwd=request["cwd"], startup_timeout=120)
outputs = []
try:
    for code in request["cells"]:
        message_id = client.execute(code)
        messages = []
        while True:
            try:
                message = client.get_iopub_msg(timeout=120)
            except Empty:
                sys.exit(f"no message within 120 s of {code!r}")
            if message["parent_header"].get("msg_id") != message_id:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            if kind != "status":
                messages.append({"type": kind, "content": content})
        outputs.append(messages)
        # The stock kernel drops what it is sent within 200 ms after an error.
        if request["kernel"] != "tslab" and any(m["type"] == "error" or m["content"].get("name") == "stderr" for m in messages):
            time.sleep(0.4)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
with open(sys.argv[1], "w") as file:
    json.dump(outputs, file)
