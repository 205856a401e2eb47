"""The network: a BERT encoder with features of the parse, a head that finds cues, and a linker
that labels every word as seen from one cue: its source, the cue, its content, or none of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTION, INNER = 384, 6, 12, 1536
PAIR = 128
LABELS = 13
CLIMB = 10
"""Steps up the tree that are looked at for the branch a word stands in."""


class Block(nn.Module):
    """One layer of BERT (Devlin et al. 2019)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first_norm, self.second_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.dropout = nn.Dropout(dropout)
        self.joint: nn.Linear | None = None

    def join(self) -> None:
        """Make one matrix of three, which is faster to run, and leave the scale to the weights."""
        scale = 1 / math.sqrt(WIDTH / ATTENTION)
        parts = (self.query, self.key, self.value)
        factors = (scale, 1.0, 1.0)
        joint = nn.Linear(WIDTH, 3 * WIDTH)
        with torch.no_grad():
            pairs = list(zip(parts, factors, strict=True))
            joint.weight.copy_(torch.cat([part.weight * factor for part, factor in pairs]))
            joint.bias.copy_(torch.cat([part.bias * factor for part, factor in pairs]))
        self.joint = joint

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        batch, size, _ = x.shape
        if self.joint is not None:
            split = self.joint(x).view(batch, size, 3, ATTENTION, -1)
            q, k, v = split.permute(2, 0, 3, 1, 4).unbind()
            scale = 1.0
        else:
            q, k, v = (
                part(x).view(batch, size, ATTENTION, -1).transpose(1, 2)
                for part in (self.query, self.key, self.value)
            )
            scale = math.sqrt(WIDTH / ATTENTION)
        similar = q @ k.transpose(-1, -2) / scale if scale != 1.0 else q @ k.transpose(-1, -2)
        weights = torch.softmax(similar if bias is None else similar + bias, -1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, size, WIDTH)
        x = self.first_norm(x + self.dropout(self.mixed(mixed)))
        return self.second_norm(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Word pieces and features of their words to vectors, one a piece."""

    def __init__(self, tags: int, deps: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH, padding_idx=0)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.features = nn.ModuleList(nn.Embedding(n, WIDTH) for n in (tags + 1, deps + 1, 3, 4, 3))
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.dropout = nn.Dropout(dropout)
        self.padded = True
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, owner: Tensor, columns: Tensor) -> Tensor:
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind
        extra = sum(table(columns[:, :, n]) for n, table in enumerate(self.features))
        x = x + torch.gather(extra, 1, owner.unsqueeze(-1).expand(-1, -1, WIDTH))
        x = self.dropout(self.norm(x))
        bias = ((ids == 0).float() * -1e4)[:, None, None, :] if self.padded else None
        for block in self.blocks:
            x = block(x, bias)
        return x

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Take over the tensors of a BERT checkpoint."""
        own = self.state_dict()
        names = {
            "words.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        parts = {
            "query": "attention.self.query", "key": "attention.self.key",
            "value": "attention.self.value", "mixed": "attention.output.dense",
            "first_norm": "attention.output.LayerNorm", "inner": "intermediate.dense",
            "outer": "output.dense", "second_norm": "output.LayerNorm",
        }  # fmt: skip
        for layer in range(LAYERS):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    names[f"blocks.{layer}.{ours}.{kind}"] = (
                        f"encoder.layer.{layer}.{theirs}.{kind}"
                    )
        for ours, theirs in names.items():
            own[ours].copy_(weights[theirs])
        own["kind"].copy_(weights["embeddings.token_type_embeddings.weight"][0])


class Mixer(nn.Module):
    """A residual convolution over the words as one cue sees them."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.near = nn.Conv1d(PAIR, PAIR, 5, padding=2 * dilation, dilation=dilation, groups=PAIR)
        self.across = nn.Linear(PAIR, PAIR)
        self.norm = nn.LayerNorm(PAIR)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        y = self.near((x * mask).transpose(1, 2)).transpose(1, 2)
        return self.norm(x + functional.gelu(self.across(y)))


class Linker(nn.Module):
    """Scores of every label for every word of a cue's window."""

    def __init__(self, deps: int) -> None:
        super().__init__()
        self.cue, self.word = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.cue_factor, self.word_factor = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.distance = nn.Embedding(32, PAIR)
        self.below, self.beside = nn.Embedding(deps + 3, PAIR), nn.Embedding(deps + 3, PAIR)
        self.place = nn.Embedding(6, PAIR)
        self.norm = nn.LayerNorm(PAIR)
        self.dropout = nn.Dropout(0.1)
        self.mixers = nn.ModuleList(Mixer(dilation) for dilation in (1, 3))
        self.out = nn.Linear(PAIR, LABELS)
        for table in (self.distance, self.below, self.beside, self.place):
            nn.init.normal_(table.weight, std=0.02)

    def forward(
        self, words: Tensor, head: Tensor, columns: Tensor, mask: Tensor, row: Tensor, at: Tensor
    ) -> Tensor:
        """``row`` and ``at`` number each cue's window and word: gives cues by words by labels."""
        cue = words[row, at]
        x = self.cue(cue)[:, None] + self.word(words)[row]
        x = x + self.cue_factor(cue)[:, None] * self.word_factor(words)[row]
        x = x + self.distance(_distance(words.shape[1], at))
        deps = columns[:, :, 1]
        x = x + self.below(_branch(head[row], deps[row], at))
        above = torch.gather(head[row], 1, at[:, None])[:, 0]
        x = x + self.beside(_branch(head[row], deps[row], above))
        x = x + self.place(_place(columns[:, :, 4], row, at))
        x = self.dropout(functional.gelu(self.norm(x)))
        seen = mask[row].unsqueeze(-1)
        for mixer in self.mixers:
            x = mixer(x, seen)
        return self.out(x)


def _distance(size: int, at: Tensor) -> Tensor:
    """Signed distance from the cue in 32 buckets, single words up to 6, then powers of 1.5."""
    gap = torch.arange(size, device=at.device)[None] - at[:, None]
    far = gap.abs().float()
    bucket = torch.where(far <= 6, far, 6 + torch.log(far.clamp(min=6) / 6) / math.log(1.5))
    bucket = bucket.clamp(max=15).long()
    return torch.where(gap < 0, 16 + bucket, bucket)


def _branch(head: Tensor, deps: Tensor, top: Tensor) -> Tensor:
    """By which relation the part of ``top``'s subtree that holds each word hangs on ``top``; one
    number for ``top`` itself, 0 for words outside its subtree.
    """
    at = torch.arange(head.shape[1], device=head.device)[None].expand_as(head)
    found = torch.where(at == top[:, None], 1, torch.zeros_like(at))
    for _ in range(CLIMB):
        up = torch.gather(head, 1, at)
        label = torch.gather(deps, 1, at) + 2
        found = torch.where((up == top[:, None]) & (found == 0) & (up != at), label, found)
        at = up
    return found


def _place(opening: Tensor, row: Tensor, at: Tensor) -> Tensor:
    """Same sentence (0), same paragraph before or after (1, 2), another paragraph (3, 4)."""
    sentence, paragraph = (opening > 0).long().cumsum(1)[row], (opening == 2).long().cumsum(1)[row]
    own = torch.gather(sentence, 1, at[:, None]), torch.gather(paragraph, 1, at[:, None])
    later = (sentence > own[0]).long()
    elsewhere = torch.where(paragraph == own[1], 1, 3) + later
    return torch.where(sentence == own[0], torch.zeros_like(later), elsewhere)


class Network(nn.Module):
    """Encoder, cue head and linker."""

    def __init__(self, tags: int, deps: int) -> None:
        super().__init__()
        self.encoder = Encoder(tags, deps)
        self.cue = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, 1))
        self.roles = nn.Linear(WIDTH, 9)
        self.linker = Linker(deps)

    def words(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Vectors of all pieces, and of each word: those of its first piece."""
        hidden = self.encoder(batch["ids"], batch["owner"], batch["columns"])
        first = batch["first"].unsqueeze(-1).expand(-1, -1, WIDTH)
        return hidden, torch.gather(hidden, 1, first)
