"""Optimized graphs of the bundled models, kept in the library's folder: a cache that may be deleted any time.

ONNX Runtime optimizes a graph whenever it loads one, some 0.3 s of CPU each; a graph that it has optimized
gives the same numbers and loads in 0.07 s. One is only used if its SHA-256 is the one noted beside it,
and under a name that says which model, which ONNX Runtime and which kind of processor it is for.
"""

import hashlib
import logging
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

import onnxruntime

_log = logging.getLogger(__name__)


def open_session(
    model: Path,
    make_options: Callable[[], onnxruntime.SessionOptions],
    cache: Path | None,
    check: Callable[[], object] = lambda: None,
    *,
    build: Callable[[Path], bytes] | None = None,
    kind: str = "",
) -> onnxruntime.InferenceSession:
    """Return a session of *model*, from its optimized graph in *cache* if that is there and sound.

    Else the graph is optimized, and kept in *cache* for the next time, if that can be written. *check* is
    called before *model* itself is read; a graph that is kept was made of a file that had been checked.

    Args:
        model: The file of a graph.
        make_options: Makes fresh options for a session.
        cache: Folder of optimized graphs; ``None``: none are kept.
        check: Raises unless the file is the expected one.
        build: Makes another graph out of the file; called only if no optimized one is kept.
        kind: Tells graphs apart that are built from one file.
    """

    def source() -> str | bytes:
        return str(model) if build is None else build(model)

    kept = None if cache is None else cache / f"{_key(model, kind)}.onnx"
    options = make_options()
    if kept is not None and _is_sound(kept):
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        return _session(str(kept), options)  # by its name: from bytes it takes a third more
    check()
    if cache is None or kept is None:
        return _session(source(), options)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            made = Path(folder) / kept.name
            options.optimized_model_filepath = str(made)
            session = _session(source(), options)
            note = made.with_suffix(".sha256")
            note.write_text(hashlib.sha256(made.read_bytes()).hexdigest())
            os.replace(made, kept)
            os.replace(note, _note(kept))
        return session
    # A full or read-only disk, which ONNX Runtime reports by errors of its own: it costs time, no answer.
    except Exception as error:  # noqa: BLE001
        _log.info("The optimized graph of %s is not kept: %r", model, error)
        return _session(source(), make_options())


def _session(model: str | bytes, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _key(model: Path, kind: str) -> str:
    """Name a graph; that the model was the expected one has been checked by its digest."""
    try:
        status = model.stat()
    except OSError:
        return "absent"  # the check says so
    about = (
        onnxruntime.__version__,
        platform.machine(),
        model.parent.name,
        status.st_size,
        status.st_mtime_ns,
        *((kind,) if kind else ()),
    )
    return hashlib.sha256(repr(about).encode()).hexdigest()[:32]


def _is_sound(kept: Path) -> bool:
    """Tell whether the graph at *kept* is there, and the one that was written."""
    try:
        with kept.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return found == _note(kept).read_text("ascii")
    except (OSError, ValueError):
        return False


def _note(kept: Path) -> Path:
    return kept.with_suffix(".sha256")
