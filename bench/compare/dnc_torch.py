#!/usr/bin/env python3
"""A compact Differentiable Neural Computer in PyTorch, as fast as we could make it, to compare ntm4j's training step with.

The machine is that of Graves et al. 2016 (Nature 538:471) as Csordas and Schmidhuber's public code has it: one write head, the write before the
read, `cosine = k.m / (|k| |m| + 1e-6)`, interface cut to +-20, no derivative through the write weighting in the usage. Axes: T time steps, B sequences
of a batch, N rows of the memory, M floats in a row, R read heads, C units of the LSTM. The memory is kept as [B, M, N], the link as [B, N, N], from
rows (last axis) to rows.

What makes it fast:
- one linear map emits all of the interface, and parts with the same activation lie side by side;
- the norms of the rows are computed once for a memory, for the read and for the write of the next step;
- the products of the inputs with the weights, and all outputs, are computed for the whole sequence at once, and so are the gradients of the
  recurrent weights (`Training.gradients`), instead of one outer product for each time step;
- `eager-link` has the derivative of the link step by hand (`Link`), in fewer passes over N x N numbers than autograd takes.
"""

import argparse
import json
import math
import os
import sys
from typing import List, Tuple

from torch_training import BITS, VARIANTS as PLAIN, Check, F, Tensor, nn, parser, prepare, run, torch
from torch.jit import Final

VARIANTS = {**PLAIN, "eager-link": "eager, with a derivative of the link step by hand"}
SIZES = {"128x20": (128, 20, 1, 100), "256x64": (256, 64, 4, 256)}
GOLDEN = "dnc-plain-2r.json", "dnc-deepmind-2r.json"


class Dnc(nn.Module):
    """A Differentiable Neural Computer over whole sequences."""

    rows: Final[int]
    width: Final[int]
    reads: Final[int]
    size: Final[int]
    outputs: Final[int]
    deepmind: Final[bool]

    def __init__(self, inputs: int, outputs: int, rows: int, width: int, reads: int, size: int, deepmind: bool = False):
        """`deepmind`: whether strengths, cosine and clipping are those of google-deepmind/dnc."""
        super().__init__()
        self.rows, self.width, self.reads, self.size, self.outputs, self.deepmind = rows, width, reads, size, outputs, deepmind
        recurrent = size + reads * width
        # Gates in the order input, forget, output, candidate.
        self.input_weight = self.uniform(inputs + recurrent, inputs, 4 * size)
        self.recurrent_weight = self.uniform(inputs + recurrent, recurrent, 4 * size)
        self.gate_bias = nn.Parameter(torch.zeros(4 * size))
        # Columns: read keys, write key, write vector | erase, free gates, allocation gate, write gate | strengths of reads and write | modes.
        columns = reads * width + 3 * width + 5 * reads + 3
        self.head_weight = self.uniform(size, size, columns)
        self.head_bias = nn.Parameter(torch.zeros(columns))
        self.output_weight = self.uniform(recurrent, recurrent, outputs)
        self.output_bias = nn.Parameter(torch.zeros(outputs))
        with torch.no_grad():
            self.gate_bias[size : 2 * size] = 1  # forget gates begin open
        self.register_buffer("initial_memory", torch.zeros([width, rows]))
        self.register_buffer("off_diagonal", 1 - torch.eye(rows))

    @staticmethod
    def uniform(fan_in: int, *shape: int) -> nn.Parameter:
        return nn.Parameter((torch.rand(shape) * 2 - 1) / math.sqrt(fan_in))

    def link_step(self, link: Tensor, write: Tensor, precedence: Tensor, looked: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """The link after a write, [B, N, N], and where it leads from the last read weightings, forward and backward, [B, R, N]."""
        to = write.unsqueeze(2)
        kept = ((1 - to) - write.unsqueeze(1)) * link
        link = kept.baddbmm_(to, precedence.unsqueeze(1)) * self.off_diagonal
        return link, torch.bmm(looked, link.transpose(1, 2)), torch.bmm(looked, link)

    def norms(self, vectors: Tensor, dim: int) -> Tensor:
        # An empty row has the norm 1e-12, as the root has no derivative at 0.
        return ((vectors * vectors).sum(dim, keepdim=True) + (1e-6 if self.deepmind else 1e-24)).sqrt()

    def forward(self, gates: Tensor, heads: Tensor, answers: int) -> Tuple[Tensor, Tensor]:
        """Runs the machine.

        `gates` [T, B, 4 C] and `heads` [T, B, columns] are what the recurrent products are added to: the inputs' share and the
        biases. The recurrent weights count as constants here. Returns the logits of the last `answers` steps and the hidden and
        read vectors before and after every step, [T + 1, B, C + R M].
        """
        batch = gates.size(1)
        rows, width, reads, size = self.rows, self.width, self.reads, self.size
        recurrent_weight, head_weight = self.recurrent_weight.detach(), self.head_weight.detach()
        recurrent = torch.zeros([batch, size + reads * width], dtype=gates.dtype)
        cell = torch.zeros([batch, size], dtype=gates.dtype)
        memory = self.initial_memory.expand(batch, width, rows)
        row_norm = self.norms(memory, 1)
        none = torch.zeros([batch, rows], dtype=gates.dtype)
        usage, write, precedence = none, none, none
        looked = torch.zeros([batch, reads, rows], dtype=gates.dtype)
        link = torch.zeros([batch, rows, rows], dtype=gates.dtype)
        one = torch.ones([1, 1, 1], dtype=gates.dtype)
        tiny = torch.full([1, 1], 1e-6, dtype=gates.dtype)
        history: List[Tensor] = [recurrent]
        for gate_input, head_input in zip(gates.unbind(0), heads.unbind(0)):
            # Controller
            sigmoids, candidate = torch.addmm(gate_input, recurrent, recurrent_weight).split([3 * size, size], 1)
            let_in, keep, let_out = sigmoids.sigmoid().chunk(3, 1)
            cell = torch.addcmul(keep * cell, let_in, candidate.tanh())
            if self.deepmind:
                cell = cell.clamp(-20.0, 20.0)
            hidden = let_out * cell.tanh()
            if self.deepmind:
                hidden = hidden.clamp(-20.0, 20.0)
            # The interface, cut before the activations
            emitted = torch.addmm(head_input, hidden, head_weight)
            if not self.deepmind:
                emitted = emitted.clamp(-20.0, 20.0)
            key, vector, sigmoids, strength, mode = emitted.split(
                [(reads + 1) * width, width, width + reads + 2, reads + 1, 3 * reads], 1
            )
            erase, free, allocation_gate, write_gate = sigmoids.sigmoid().split([width, reads, 1, 1], 1)
            strength = F.softplus(strength).unsqueeze(2)
            if not self.deepmind:
                strength = strength + 1
            mode = mode.view(batch, reads, 3).softmax(2)
            key = key.view(batch, reads + 1, width)
            key_norm = self.norms(key, 2)
            read_key, write_key = key.split([reads, 1], 1)
            read_norm, write_norm = key_norm.split([reads, 1], 1)
            read_strength, write_strength = strength.split([reads, 1], 1)
            # Retention, usage, allocation
            kept = torch.addcmul(one, free.unsqueeze(2), looked, value=-1.0)
            retention = kept[:, 0]
            for head in range(1, reads):
                retention = retention * kept[:, head]
            usage = torch.lerp(usage, one[0], write.detach()) * retention
            ascending, order = torch.sort(torch.add(tiny, usage, alpha=1 - 1e-6), stable=True, dim=1)
            used = F.pad(ascending, (1, -1), value=1.0).cumprod(1)  # product of the usages before
            allocation = none.scatter(1, order, torch.addcmul(used, ascending, used, value=-1.0))
            # Write by content or to what is free: memory * (1 - w e^T) + w v^T
            similarity = torch.bmm(write_key, memory) / (write_norm * row_norm + 1e-6)
            content = (similarity * write_strength).softmax(2).squeeze(1)
            write = write_gate * torch.lerp(content, allocation, allocation_gate)
            memory = torch.addcmul(
                memory, write.unsqueeze(1), torch.addcmul(vector.unsqueeze(2), memory, erase.unsqueeze(2), value=-1.0)
            )
            row_norm = self.norms(memory, 1)
            # Link, then precedence
            link, forward, backward = self.link_step(link, write, precedence, looked)
            precedence = torch.addcmul(write, 1 - write.sum(1, keepdim=True), precedence)
            # Read
            similarity = torch.bmm(read_key, memory) / (read_norm * row_norm + 1e-6)
            content = (similarity * read_strength).softmax(2)
            to_backward, to_content, to_forward = mode.split([1, 1, 1], 2)
            looked = torch.addcmul(torch.addcmul(to_backward * backward, to_content, content), to_forward, forward)
            read = torch.bmm(looked, memory.transpose(1, 2))
            recurrent = torch.cat([hidden, read.view(batch, reads * width)], 1)
            history.append(recurrent)
        answered = torch.cat(history[len(history) - answers :])
        logits = torch.addmm(self.output_bias, answered, self.output_weight)
        if self.deepmind:
            logits = logits.clamp(-20.0, 20.0)
        return logits, torch.stack(history).detach()


class Link(torch.autograd.Function):
    """The link step, `Dnc.link_step`, with its derivative by hand.

    With g = dL + sum_r (dforward_r looked_r^T + looked_r dbackward_r^T), off the diagonal: dL' = g (1 - w_i - w_j), and
    dw_i = sum_j g_ij (p_j - L'_ij), dw_j -= sum_i g_ij L'_ij, dp_j = sum_i g_ij w_i.
    """

    @staticmethod
    def forward(context, link, write, precedence, looked):
        to = write.unsqueeze(2)
        factor = (1 - to) - write.unsqueeze(1)
        new = (factor * link).baddbmm_(to, precedence.unsqueeze(1))
        new.diagonal(dim1=1, dim2=2).zero_()
        context.save_for_backward(link, write, precedence, looked, factor, new)
        return new, torch.bmm(looked, new.transpose(1, 2)), torch.bmm(looked, new)

    @staticmethod
    def backward(context, of_link, of_forward, of_backward):
        link, write, precedence, looked, factor, new = context.saved_tensors
        of_looked = torch.baddbmm(torch.bmm(of_forward, new), of_backward, new.transpose(1, 2))
        left, right = torch.cat([of_forward, looked], 1).transpose(1, 2), torch.cat([looked, of_backward], 1)
        g = torch.baddbmm(of_link, left, right)
        g.diagonal(dim1=1, dim2=2).zero_()
        changed = g * link
        of_write = torch.bmm(g, precedence.unsqueeze(2)).squeeze(2) - changed.sum(2) - changed.sum(1)
        of_precedence = torch.bmm(write.unsqueeze(1), g).squeeze(1)
        return g.mul_(factor), of_write, of_precedence, of_looked


class LinkedDnc(Dnc):
    """The machine with `Link`."""

    def link_step(self, link: Tensor, write: Tensor, precedence: Tensor, looked: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        return Link.apply(link, write, precedence, looked)


def machine(variant: str, *sizes: int, deepmind: bool = False) -> Dnc:
    return (LinkedDnc if variant == "eager-link" else Dnc)(*sizes, deepmind=deepmind)


def golden_machine(golden: dict, variant: str) -> Dnc:
    """The machine of one of ntm4j's golden files, whose values come from another implementation, in float64."""
    config, options = golden["config"], golden["options"]
    deepmind = options["clip"] == "state"
    expected = ("softplus", "norms") if deepmind else ("oneplus", "denominator")
    if (options["strength"], options["cosine"]) != expected or options["usage_gradient"] != "stop":
        sys.exit(f"dnc_torch: expected the options of {' or '.join(GOLDEN)}")
    sizes = [config[name] for name in ("inputs", "outputs", "rows", "width", "read_heads", "controller_size")]
    model = machine(variant, *sizes, deepmind=deepmind).double()
    given = {name: torch.tensor(p["value"], dtype=torch.float64) for name, p in golden["parameters"].items()}
    with torch.no_grad():
        for name, value in golden_layout(given, config).items():
            getattr(model, name).copy_(value)
    model.initial_memory.requires_grad_()
    return model


def golden_layout(given: dict, config: dict) -> dict:
    """The parameters (or their gradients) of a golden file in the order of columns of `Dnc`."""
    width, reads, size = config["width"], config["read_heads"], config["controller_size"]

    def gates(rows: Tensor) -> Tensor:
        let_in, keep, candidate, let_out = rows.split(size)
        return torch.cat([let_in, keep, let_out, candidate]).t()

    def heads(rows: Tensor) -> Tensor:
        read_keys, strengths, key, strength, erase, vector, free, allocation, write, modes = rows.split(
            [reads * width, reads, width, 1, width, width, reads, 1, 1, 3 * reads]
        )
        return torch.cat([read_keys, key, vector, erase, free, allocation, write, strengths, strength, modes]).t()

    from_input = gates(given["controller.weight_input"])
    return {
        "input_weight": from_input[: config["inputs"]],
        "recurrent_weight": torch.cat([gates(given["controller.weight_hidden"]), from_input[config["inputs"] :]]),
        "gate_bias": gates(given["controller.bias"].unsqueeze(1)).squeeze(0),
        "head_weight": heads(given["interface.weight"]),
        "head_bias": heads(given["interface.bias"].unsqueeze(1)).squeeze(0),
        "output_weight": given["output.weight"].t(),
        "output_bias": given["output.bias"],
        "initial_memory": given["initial_memory"].t(),
    }


def check(folder: str) -> bool:
    """Whether the model is right: the variants agree, it is the golden machines, and it learns. Prints a line for each."""
    checked = Check()

    def small(variant: str) -> Dnc:
        return machine(variant, BITS + 1, BITS, 24, 12, 2, 40)

    checked.variants(small, list(VARIANTS))
    for name in GOLDEN:
        try:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                golden = json.load(file)
        except OSError as e:
            sys.exit(f"dnc_torch: cannot read {e.filename}: {e.strerror}; --check expects the folder of {' and '.join(GOLDEN)}")
        given = {name: torch.tensor(p["gradient"], dtype=torch.float64) for name, p in golden["parameters"].items()}
        wanted = golden_layout(given, golden["config"])
        checked.golden(name, golden, wanted, lambda variant: golden_machine(golden, variant), list(VARIANTS))
    checked.learning(small, "eager-link")
    return checked.passed


def main() -> int:
    options = parser("Differentiable Neural Computer", VARIANTS)
    options.add_argument("--memory", choices=SIZES, default="128x20", help="rows x width; 128x20 has 1 read, LSTM 100; 256x64 has 4, 256")
    options.add_argument("--check", metavar="FOLDER", help=f"check the model instead, by {' and '.join(GOLDEN)} of this folder")
    arguments = options.parse_args()
    prepare(options, arguments)
    if arguments.check is not None:
        return 0 if check(arguments.check) else 1
    run(arguments, lambda variant: machine(variant, BITS + 1, BITS, *SIZES[arguments.memory]), VARIANTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
