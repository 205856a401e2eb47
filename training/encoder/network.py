"""The network: one encoder with features of the parse, and heads on the vectors of its words.

A cue head and a linker find attributions: the linker labels every word as seen from one cue, as its
source, the cue, its content, or none of them. Heads of single words give how sure it is that what
they tell happens (factuality), their status, and whether they stand in somebody's words. The event
head gives the type of what two sides do to each other, as marked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

PAIR = 128
STATUSES = 6
MARKS = 3
"""Initiator, recipient, trigger."""
LABELS = 13
CLIMB = 10
"""Steps up the tree that are looked at for the branch a word stands in."""


@dataclass(frozen=True)
class Shape:
    """What sort of transformer the encoder is. ``kept`` lists the checkpoint's layers used."""

    kind: str = "bert"
    width: int = 384
    attention: int = 12
    inner: int = 1536
    words: int = 30522
    kept: tuple[int, ...] = (0, 1, 2, 3, 4, 5)


MINILM = Shape()
MPNET = Shape("mpnet", 768, 12, 3072, 30527, tuple(range(12)))


class Block(nn.Module):
    """One layer of BERT (Devlin et al. 2019)."""

    def __init__(self, width: int, attention: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.width, self.attention = width, attention
        self.query, self.key, self.value, self.mixed = (nn.Linear(width, width) for _ in range(4))
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.first_norm, self.second_norm = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))
        self.dropout = nn.Dropout(dropout)
        self.joint: nn.Linear | None = None

    def join(self) -> None:
        """Make one matrix of three, which is faster to run, and leave the scale to the weights."""
        scale = 1 / math.sqrt(self.width / self.attention)
        parts = (self.query, self.key, self.value)
        factors = (scale, 1.0, 1.0)
        joint = nn.Linear(self.width, 3 * self.width)
        with torch.no_grad():
            pairs = list(zip(parts, factors, strict=True))
            joint.weight.copy_(torch.cat([part.weight * factor for part, factor in pairs]))
            joint.bias.copy_(torch.cat([part.bias * factor for part, factor in pairs]))
        self.joint = joint

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        batch, size, _ = x.shape
        if self.joint is not None:
            split = self.joint(x).view(batch, size, 3, self.attention, -1)
            q, k, v = split.permute(2, 0, 3, 1, 4).unbind()
            scale = 1.0
        else:
            q, k, v = (
                part(x).view(batch, size, self.attention, -1).transpose(1, 2)
                for part in (self.query, self.key, self.value)
            )
            scale = math.sqrt(self.width / self.attention)
        similar = q @ k.transpose(-1, -2) / scale if scale != 1.0 else q @ k.transpose(-1, -2)
        weights = torch.softmax(similar if bias is None else similar + bias, -1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, size, self.width)
        x = self.first_norm(x + self.dropout(self.mixed(mixed)))
        return self.second_norm(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Word pieces and features of their words to vectors, one a piece. With ``marks`` the words
    that are marked as initiator, recipient or trigger show so from the first layer on.
    """

    def __init__(self, tags: int, deps: int, shape: Shape = MINILM, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.words = nn.Embedding(shape.words, width)
        self.positions = nn.Embedding(514, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.features = nn.ModuleList(nn.Embedding(n, width) for n in (tags + 1, deps + 1, 3, 4, 3))
        self.marks = nn.Embedding(MARKS, width)
        for table in self.features:
            nn.init.zeros_(table.weight)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.padded = True
        self.blocks = nn.ModuleList(
            Block(width, shape.attention, shape.inner, dropout) for _ in shape.kept
        )
        if shape.kind == "mpnet":
            self.relative = nn.Embedding(32, shape.attention)

    def forward(
        self, ids: Tensor, owner: Tensor, columns: Tensor, marks: Tensor | None = None
    ) -> Tensor:
        own = ids if self.shape.kind == "bert" else _renumbered(ids)
        x = self.words(own) + self.positions.weight[: ids.shape[1]]
        extra = sum(table(columns[:, :, n]) for n, table in enumerate(self.features))
        if marks is not None:
            extra = extra + marks.to(extra.dtype) @ self.marks.weight
        x = x + torch.gather(extra, 1, owner.unsqueeze(-1).expand(-1, -1, self.shape.width))
        x = self.dropout(self.norm(x))
        bias = ((ids == 0).to(x.dtype) * -1e4)[:, None, None, :] if self.padded else None
        if self.shape.kind == "mpnet":
            near = self.relative(_buckets(ids.shape[1], ids.device)).permute(2, 0, 1)[None]
            bias = near if bias is None else bias + near
        for block in self.blocks:
            x = block(x, bias)
        return x

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Take over the tensors of a BERT or MPNet checkpoint."""
        own, names = self.state_dict(), _names(self.shape)
        for ours, theirs in names.items():
            own[ours].copy_(weights[theirs])
        positions = weights["embeddings.position_embeddings.weight"]
        if self.shape.kind == "mpnet":
            own["positions.weight"][:512].copy_(positions[2:])
        else:
            # The kind of segment is always the first, so that it may stand in the positions.
            kind = weights["embeddings.token_type_embeddings.weight"][0]
            own["positions.weight"][:512].copy_(positions + kind)


def _names(shape: Shape) -> dict[str, str]:
    """Our names of a checkpoint's tensors, with the checkpoint's."""
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    bert = shape.kind == "bert"
    own = "attention.self" if bert else "attention.attn"
    words = ("query", "key", "value") if bert else ("q", "k", "v")
    parts = {
        "query": f"{own}.{words[0]}", "key": f"{own}.{words[1]}", "value": f"{own}.{words[2]}",
        "mixed": "attention.output.dense" if bert else "attention.attn.o",
        "first_norm": "attention.output.LayerNorm" if bert else "attention.LayerNorm",
        "inner": "intermediate.dense", "outer": "output.dense", "second_norm": "output.LayerNorm",
    }  # fmt: skip
    for place, layer in enumerate(shape.kept):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                names[f"blocks.{place}.{ours}.{kind}"] = f"encoder.layer.{layer}.{theirs}.{kind}"
    if not bert:
        names["relative.weight"] = "encoder.relative_attention_bias.weight"
    return names


def _renumbered(ids: Tensor) -> Tensor:
    """MPNet's numbers of BERT's word pieces: four more, but for the marks."""
    own = ids + 4
    for bert, mpnet in ((0, 1), (101, 0), (102, 2)):
        own = torch.where(ids == bert, torch.full_like(ids, mpnet), own)
    return own


def _buckets(size: int, device: torch.device) -> Tensor:
    """Buckets of the signed distance between pieces (Raffel et al. 2020; Song et al. 2020)."""
    at = torch.arange(size, device=device)
    gap = at[:, None] - at[None, :]
    far = gap.abs()
    large = 8 + (torch.log(far.float().clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
    return (gap < 0).long() * 16 + torch.where(far < 8, far, large.clamp(max=15))


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

    def __init__(self, width: int, deps: int) -> None:
        super().__init__()
        self.cue, self.word = nn.Linear(width, PAIR), nn.Linear(width, PAIR)
        self.cue_factor, self.word_factor = nn.Linear(width, PAIR), nn.Linear(width, PAIR)
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


class EventHead(nn.Module):
    """The type of an event from the vectors of its sentence's words and its marks: initiator,
    recipient, trigger, each of which may be missing.
    """

    def __init__(self, width: int, outputs: Mapping[str, int], own: int, inner: int) -> None:
        super().__init__()
        self.enter = nn.Linear(width, own)
        self.marks = nn.Embedding(MARKS, own)
        self.absent = nn.Parameter(torch.zeros(MARKS, own))
        self.whole = nn.Parameter(torch.zeros(own))
        self.norm = nn.LayerNorm(own)
        self.blocks = nn.ModuleList(Block(own, 4, inner, 0.1) for _ in range(2))
        self.mixed = nn.Sequential(nn.Linear((MARKS + 1) * own, own), nn.GELU(), nn.Dropout(0.2))
        self.out = nn.ModuleDict({name: nn.Linear(own, size) for name, size in outputs.items()})
        nn.init.normal_(self.marks.weight, std=0.02)

    def forward(self, words: Tensor, marks: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """``marks`` is 1 where a word is of a mark: rows by words by marks; ``mask`` where a row
        has a word of the event's sentence. Word 0 stands for the whole: its own vector is not used.
        """
        marks = marks.to(words.dtype)
        x = self.enter(words) + marks @ self.marks.weight
        x = self.norm(torch.cat([self.whole.expand(x.shape[0], 1, -1), x[:, 1:]], 1))
        mask = torch.cat([torch.ones_like(mask[:, :1]), mask[:, 1:]], 1)
        bias = ((~mask).to(x.dtype) * -1e4)[:, None, None, :]
        for block in self.blocks:
            x = block(x, bias)
        count = marks.sum(1)
        mean = (marks.transpose(1, 2) @ x) / count.clamp(min=1)[:, :, None]
        mean = torch.where((count > 0)[:, :, None], mean, self.absent.to(x.dtype)[None])
        mixed = self.mixed(torch.cat([x[:, :1], mean], 1).flatten(1))
        return {name: layer(mixed) for name, layer in self.out.items()}


class Network(nn.Module):
    """The encoder and its heads; ``outputs`` gives the event head's outputs and their sizes."""

    def __init__(
        self, tags: int, deps: int, outputs: Mapping[str, int], shape: Shape = MINILM
    ) -> None:
        super().__init__()
        width = shape.width
        self.encoder = Encoder(tags, deps, shape)
        self.cue = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 1))
        self.roles = nn.Linear(width, 9)
        self.linker = Linker(width, deps)
        self.told = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 1 + STATUSES)
        )
        self.events = EventHead(width, outputs, 256, 768)

    def words(
        self, batch: Mapping[str, Tensor], marks: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Vectors of all pieces, and of each word: those of its first piece."""
        hidden = self.encoder(batch["ids"], batch["owner"], batch["columns"], marks)
        first = batch["first"].unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        return hidden, torch.gather(hidden, 1, first)
