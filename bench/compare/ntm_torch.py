#!/usr/bin/env python3
"""A compact Neural Turing Machine in PyTorch, as fast as we could make it, to compare ntm4j's training step with.

The machine is that of Graves, Wayne and Danihelka 2014 (arXiv 1410.5401) with ntm4j's default settings: an LSTM controller, one
read head and one write head, the read before the write. Axes: T time steps, B sequences of a batch, N rows of the memory,
M floats in a row, C units of the controller. The memory is kept as [B, M, N], with the long axis last, as in ntm4j.

What makes it fast:
- both heads address the memory together, and one linear map emits the parameters of both;
- the products of the inputs with the weights, and all outputs, are computed for the whole sequence at once;
- so are the gradients of the recurrent weights (`Training.gradients`), instead of one outer product for each time step.
"""

import json
import math
import os
import sys
from typing import List, Tuple

from torch_training import BITS, VARIANTS, Check, F, Tensor, nn, parser, prepare, run, torch
from torch.jit import Final


class Ntm(nn.Module):
    """A Neural Turing Machine over whole sequences."""

    rows: Final[int]
    width: Final[int]
    size: Final[int]
    squash: Final[bool]

    def __init__(self, inputs: int, outputs: int, rows: int = 128, width: int = 20, size: int = 100, squash: bool = True):
        """`squash`: whether keys and add vectors pass through tanh."""
        super().__init__()
        self.rows, self.width, self.size, self.squash = rows, width, size, squash
        recurrent = size + width
        # Gates in the order input, forget, output, candidate.
        self.input_weight = self.uniform(inputs + recurrent, inputs, 4 * size)
        self.recurrent_weight = self.uniform(inputs + recurrent, recurrent, 4 * size)
        self.gate_bias = nn.Parameter(torch.zeros(4 * size))
        # Columns: read key, write key, add | erase, 2 gates | 2 strengths, 2 sharpenings | 2 shifts of 3.
        columns = 4 * width + 12
        self.head_weight = self.uniform(size, size, columns)
        self.head_bias = nn.Parameter(torch.zeros(columns))
        self.output_weight = self.uniform(recurrent, recurrent, outputs)
        self.output_bias = nn.Parameter(torch.zeros(outputs))
        with torch.no_grad():
            self.gate_bias[size : 2 * size] = 1  # forget gates begin open
            self.head_bias[4 * width : 4 * width + 2] = -3  # interpolation gates begin nearly closed
        self.initial_recurrent = nn.Parameter(torch.zeros(recurrent))  # hidden vector and read vector
        self.initial_cell = nn.Parameter(torch.zeros(size))
        self.register_buffer("initial_memory", torch.full([width, rows], 1e-6))
        self.register_buffer("initial_weighting", F.one_hot(torch.zeros(2, dtype=torch.long), rows).float())
        row = torch.arange(rows)
        self.register_buffer("neighbours", torch.cat([row - 1, row, row + 1]) % rows)

    @staticmethod
    def uniform(fan_in: int, *shape: int) -> nn.Parameter:
        return nn.Parameter((torch.rand(shape) * 2 - 1) / math.sqrt(fan_in))

    def forward(self, gates: Tensor, heads: Tensor, answers: int) -> Tuple[Tensor, Tensor]:
        """Runs the machine.

        `gates` [T, B, 4 C] and `heads` [T, B, columns] are what the recurrent products are added to: the inputs' share and the
        biases. The recurrent weights count as constants here. Returns the logits of the last `answers` steps and the hidden and
        read vectors before and after every step, [T + 1, B, C + M].
        """
        batch = gates.size(1)
        width, size = self.width, self.size
        recurrent_weight, head_weight = self.recurrent_weight.detach(), self.head_weight.detach()
        recurrent = self.initial_recurrent.expand(batch, size + width)
        cell = self.initial_cell.expand(batch, size)
        memory = self.initial_memory.expand(batch, width, self.rows)
        weighting = self.initial_weighting.expand(batch, 2, self.rows)
        neighbours = self.neighbours.expand(batch, 2, 3 * self.rows)
        tiny = torch.full([1, 1, 1], 1e-16, dtype=gates.dtype)  # keeps logarithms finite
        history: List[Tensor] = [recurrent]
        for gate_input, head_input in zip(gates.unbind(0), heads.unbind(0)):
            # Controller
            sigmoids, candidate = torch.addmm(gate_input, recurrent, recurrent_weight).split([3 * size, size], 1)
            let_in, keep, let_out = sigmoids.sigmoid().chunk(3, 1)
            cell = torch.addcmul(keep * cell, let_in, candidate.tanh())
            hidden = let_out * cell.tanh()
            # What it tells the heads, as columns [B, ., 1]
            emitted = torch.addmm(head_input, hidden, head_weight).unsqueeze(2)
            linear, sigmoids, softplus, shift = emitted.split([3 * width, width + 2, 4, 6], 1)
            if self.squash:
                linear = linear.tanh()
            key, add = linear.split([2 * width, width], 1)
            erase, interpolation = sigmoids.sigmoid().split([width, 2], 1)
            strength, sharpening = F.softplus(softplus).split([2, 2], 1)
            # Addressing by content: softmax(strength * cosine(key, row))
            key = key.reshape(batch, 2, width)
            key = key * (strength * (key * key).sum(2, keepdim=True).add(1e-16).rsqrt())
            row_scale = (memory * memory).sum(1, keepdim=True).add(1e-16).rsqrt()
            content = (torch.bmm(key, memory) * row_scale).softmax(2)
            # Addressing by location: interpolate, shift, sharpen
            gated = torch.lerp(weighting, content, interpolation).gather(2, neighbours)
            shifted = torch.baddbmm(tiny, shift.reshape(2 * batch, 1, 3).softmax(2), gated.view(2 * batch, 3, self.rows))
            weighting = (shifted.view(batch, 2, self.rows).log() * (sharpening + 1)).softmax(2)
            # Read, then write: memory * (1 - w e^T) + w a^T
            read_weighting, write_weighting = weighting.split([1, 1], 1)
            read = (memory * read_weighting).sum(2)
            memory = torch.addcmul(memory, write_weighting, torch.addcmul(add, memory, erase, value=-1.0))
            recurrent = torch.cat([hidden, read], 1)
            history.append(recurrent)
        answered = torch.cat(history[len(history) - answers :])
        return torch.addmm(self.output_bias, answered, self.output_weight), torch.stack(history).detach()


def golden_machine(golden: dict) -> Ntm:
    """The machine of ntm4j's golden file `ntm-lstm-1r1w.json`, whose values come from another implementation, in float64."""
    config = golden["config"]
    rows, width, size = config["memory_rows"], config["memory_width"], config["controller_size"]
    model = Ntm(config["inputs"], config["outputs"], rows, width, size, squash=False).double()
    given = {name: torch.tensor(p["value"], dtype=torch.float64) for name, p in golden["parameters"].items()}
    ours = golden_layout(given, width, size)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(ours[name])
        model.initial_memory.copy_(given["initial_memory"].t())
        model.initial_weighting.copy_(
            torch.cat([given["read_head_0.initial_weighting"], given["write_head_0.initial_weighting"]])
        )
    return model


def golden_layout(given: dict, width: int, size: int) -> dict:
    """The parameters (or their gradients) of the golden file in the order of columns of `Ntm`."""

    def gates(rows: Tensor) -> Tensor:
        let_in, keep, candidate, let_out = rows.split(size)
        return torch.cat([let_in, keep, let_out, candidate]).t()

    def heads(part: str) -> Tensor:
        sizes = [width, 1, 1, 3, 1]
        read = given["read_head_0." + part].split(sizes)
        write = given["write_head_0." + part].split(sizes + [width, width])
        key, strength, gate, shift, sharpening = range(5)
        erase, add = write[5:]
        both = lambda i: [read[i], write[i]]
        return torch.cat([*both(key), add, erase, *both(gate), *both(strength), *both(sharpening), *both(shift)]).t()

    return {
        "input_weight": gates(given["controller.lstm.weight_ih_l0"][:, :-width]),
        "recurrent_weight": torch.cat(
            [gates(given["controller.lstm.weight_hh_l0"]), gates(given["controller.lstm.weight_ih_l0"][:, -width:])]
        ),
        "gate_bias": gates(given["controller.lstm.bias_ih_l0"] + given["controller.lstm.bias_hh_l0"]),
        "head_weight": heads("weight"),
        "head_bias": heads("bias"),
        "output_weight": given["output.weight"].t(),
        "output_bias": given["output.bias"],
        "initial_recurrent": torch.cat([given["controller.initial_h"].flatten(), given["initial_read_0"].flatten()]),
        "initial_cell": given["controller.initial_c"].flatten(),
    }


def check(golden_file: str) -> bool:
    """Whether the model is right: the variants agree, it is the golden machine, and it learns. Prints a line for each."""
    checked = Check()
    checked.variants(lambda _: Ntm(BITS + 1, BITS), list(VARIANTS))
    with open(golden_file, encoding="utf-8") as file:
        golden = json.load(file)
    given = {name: torch.tensor(p["gradient"], dtype=torch.float64) for name, p in golden["parameters"].items()}
    for part in "hh", "ih":  # the file has two biases, which are added: each has the whole gradient
        given[f"controller.lstm.bias_{part}_l0"] /= 2
    wanted = golden_layout(given, golden["config"]["memory_width"], golden["config"]["controller_size"])
    checked.golden(os.path.basename(golden_file), golden, wanted, lambda _: golden_machine(golden), list(VARIANTS))
    checked.learning(lambda _: Ntm(BITS + 1, BITS), "script-plain")
    return checked.passed


def main() -> int:
    options = parser("Neural Turing Machine", VARIANTS)
    options.add_argument("--check", action="store_true", help="check the model instead")
    arguments = options.parse_args()
    prepare(options, arguments)
    if arguments.check:
        here = os.path.dirname(os.path.abspath(__file__))
        return 0 if check(os.path.join(here, "../../machines/src/test/resources/golden/ntm-lstm-1r1w.json")) else 1
    run(arguments, lambda _: Ntm(BITS + 1, BITS), VARIANTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
