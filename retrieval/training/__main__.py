"""Make the reader's weights: ``python -m retrieval.training --squad FILE --new-wiki FILE OUT``.

Takes some half an hour of one core; a run that was stopped goes on from its last checkpoint.
"""

import argparse
import hashlib
import logging
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from retrieval.encoders import RERANKER, model_folder
from retrieval.reader import pack, read_base
from retrieval.training.examples import read_squad, read_written
from retrieval.training.model import RANK, base_reader, parameters_of
from retrieval.training.recipe import build_stages
from retrieval.training.trainer import train

log = logging.getLogger("retrieval.training")


def main() -> None:
    """Train, and write ``reader.npz`` into the folder that is named."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.training", description=__doc__)
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 2.0, dev-v2.0.json")
    parser.add_argument("--new-wiki", type=Path, required=True, help="SquadShifts, new_wiki_v1.0.json")
    parser.add_argument(
        "--models-dir", type=Path, help="folder with the bundled models, if not the package's"
    )
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("out", type=Path, help="folder for the checkpoint and reader.npz")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    folder = model_folder(RERANKER, given.models_dir)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    new_wiki = read_squad(given.new_wiki)
    written = read_written(list(dict.fromkeys(one.passage for one in new_wiki)))
    stages = build_stages(read_squad(given.squad), new_wiki, written, tokenizer, given.seed)
    for stage in stages:
        log.info("%s: %d batches", stage.name, len(stage.batches))
    model = base_reader(folder / "model.onnx", given.seed)
    train(model, stages, given.out / "checkpoint.pt")
    shipped = given.out / "reader.npz"
    packed = pack(read_base(folder / "model.onnx"), parameters_of(model), RANK)
    np.savez_compressed(shipped, allow_pickle=False, **packed)
    log.info("%s: SHA-256 %s", shipped, hashlib.sha256(shipped.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
