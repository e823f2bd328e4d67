"""Training goes on where it was stopped, and comes to the same end."""

import pytest

pytestmark = pytest.mark.models

torch = pytest.importorskip("torch")


class Toy(torch.nn.Module):
    """Reads token by token: a start, an end and a verdict out of an embedding."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.table = torch.nn.Embedding(8, 4)
        self.span = torch.nn.Linear(4, 2)
        self.classifier = torch.nn.Linear(4, 1)

    def forward(self, ids, mask, types):
        values = self.table(ids)
        spans = self.span(values).masked_fill(mask[..., None] == 0, -1e4)
        return spans, self.classifier(values.mean(dim=1)).squeeze(-1)


@pytest.fixture
def stages():
    from retrieval.training.batches import Tokens
    from retrieval.training.trainer import Stage

    answered = Tokens((1, 2, 3, 4), (0, 0, 1, 1), 2, 3)
    lookalike = Tokens((1, 5, 6), (0, 0, 1), 0, 0)
    return [
        Stage("first", 0.3, [[answered, lookalike]] * 30),
        Stage("second", 0.15, [[answered, lookalike]] * 30),
    ]


def test_a_run_learns_and_a_stopped_one_ends_the_same(tmp_path, stages, monkeypatch):
    from retrieval.training import trainer
    from retrieval.training.batches import pad

    monkeypatch.setattr(trainer, "CHECKPOINT_S", 0.0)
    whole = Toy()
    trainer.train(whole, stages, tmp_path / "whole.pt")
    ids, mask, types = pad(stages[0].batches[0])
    spans, answerable = whole(ids, mask, types)
    assert spans[:, :, 0].argmax(dim=1).tolist() == [2, 0]
    assert answerable[0] > answerable[1]

    stopped, step, steps = Toy(), trainer.step, []

    def stop(*given):
        steps.append(1)
        if len(steps) == 40:
            raise KeyboardInterrupt
        return step(*given)

    monkeypatch.setattr(trainer, "step", stop)
    with pytest.raises(KeyboardInterrupt):
        trainer.train(stopped, stages, tmp_path / "stopped.pt")
    monkeypatch.setattr(trainer, "step", step)
    again = Toy()
    trainer.train(again, stages, tmp_path / "stopped.pt")
    for name, value in whole.state_dict().items():
        assert torch.allclose(value, again.state_dict()[name], atol=1e-6), name
