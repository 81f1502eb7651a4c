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

import argparse
import json
import math
import os
import platform
import random
import statistics
import sys
import time
from typing import List, NoReturn, Tuple

try:
    import torch
    import torch.nn.functional as F
    from torch import Tensor, nn
    from torch.jit import Final
except ImportError as e:
    sys.exit(f"ntm_torch: this Python has no PyTorch: {e}")

VARIANTS = {
    "eager": "operation by operation, from Python",
    "script": "TorchScript with the profiling executor and its own differentiation",
    "script-plain": "TorchScript with optimized_execution off: its interpreter, and PyTorch's usual differentiation",
}
BITS = 8
REPEATS = 7


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


class Training:
    """A machine, its optimiser (RMSProp, centred, with momentum) and a variant of running it."""

    def __init__(self, model: Ntm, variant: str, rate: float = 1e-4):
        self.model = model
        # TorchScript keeps one compiled program for a class: a class of its own keeps the variants apart.
        model.__class__ = type("Ntm", (Ntm,), {"__annotations__": Ntm.__annotations__})
        self.run = model if variant == "eager" else torch.jit.script(model)
        self.optimised = variant != "script-plain"
        self.parameters = list(model.parameters())
        self.optimiser = torch.optim.RMSprop(
            self.parameters, lr=rate, alpha=0.95, eps=1e-4, momentum=0.9, centered=True, foreach=True
        )

    def gradients(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Sets the gradients and returns the loss: nats of a sequence, averaged over the batch.

        `inputs` [T, B, inputs], `targets` [answers, B, outputs].
        """
        model = self.model
        steps, batch, _ = inputs.shape
        flat_inputs = inputs.flatten(0, 1)
        with torch.no_grad():
            gates = torch.addmm(model.gate_bias, flat_inputs, model.input_weight).view(steps, batch, -1)
            heads = model.head_bias.repeat(steps, batch, 1)
        gates.requires_grad_()
        heads.requires_grad_()
        with torch.jit.optimized_execution(self.optimised):
            logits, history = self.run(gates, heads, len(targets))
            loss = F.binary_cross_entropy_with_logits(logits, targets.flatten(0, 1), reduction="sum") / batch
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()
        # The gradients of `gates` and `heads` are those of the linear maps' results: one product for all steps.
        gate_gradient, head_gradient = gates.grad.flatten(0, 1), heads.grad.flatten(0, 1)
        model.input_weight.grad = flat_inputs.t().mm(gate_gradient)
        model.recurrent_weight.grad = history[:-1].flatten(0, 1).t().mm(gate_gradient)
        model.gate_bias.grad = gate_gradient.sum(0)
        model.head_weight.grad = history[1:, :, : model.size].flatten(0, 1).t().mm(head_gradient)
        model.head_bias.grad = head_gradient.sum(0)
        return loss.detach()

    def update(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """A training step. Returns the loss before it."""
        loss = self.gradients(inputs, targets)
        nn.utils.clip_grad_value_(self.parameters, 10.0)
        self.optimiser.step()
        return loss


def copy_task(length: int, batch: int) -> Tuple[Tensor, Tensor]:
    """Fresh sequences to copy: `length` vectors of 8 bits, the delimiter on channel 8, and as many steps to answer in."""
    bits = torch.empty(length, batch, BITS).bernoulli_(0.5)
    inputs = torch.zeros(2 * length + 1, batch, BITS + 1)
    inputs[:length, :, :BITS] = bits
    inputs[length, :, BITS] = 1
    return inputs, bits


def measure(variant: str, batch: int, seconds: float, seed: int) -> dict:
    """Times training steps: half of the time to warm up, then several stretches, as `ntm bench` does."""
    lengths = random.Random(seed)
    training = Training(Ntm(BITS + 1, BITS), variant)

    def stretch(duration: float) -> float:
        steps, begin = 0, time.perf_counter()
        while True:
            length = lengths.randint(1, 20)
            training.update(*copy_task(length, batch))
            steps += batch * (2 * length + 1)
            elapsed = time.perf_counter() - begin
            if elapsed >= duration:
                return elapsed * 1e6 / steps

    stretch(seconds / 2)
    repeats = [stretch(seconds / 2 / REPEATS) for _ in range(REPEATS)]
    return {
        "variant": variant,
        "batch": batch,
        "threads": torch.get_num_threads(),
        "us_per_sequence_step": round(statistics.median(repeats), 3),
        "spread": round(max(repeats) / min(repeats), 3),
    }


def golden_training(golden: dict, variant: str) -> Training:
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
    return Training(model, variant)


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
    passed = True

    def say(what: str, good: bool) -> None:
        nonlocal passed
        passed &= good
        print(("ok      " if good else "FAILED  ") + what, flush=True)

    inputs, bits = copy_task(20, 4)
    results = {}
    for variant in VARIANTS:
        torch.manual_seed(1)
        training = Training(Ntm(BITS + 1, BITS), variant)
        for _ in range(4):  # the profiling executor compiles during the first calls
            loss = training.gradients(inputs, bits) / bits[:, 0].numel()
        results[variant] = torch.cat([loss.view(1)] + [p.grad.flatten() for p in training.parameters])
    difference = max((r - results["eager"]).abs().max().item() for r in results.values())
    say(f"loss per bit and gradients of all variants differ by {difference:.1e}, allowed 1e-5", difference <= 1e-5)

    with open(golden_file, encoding="utf-8") as file:
        golden = json.load(file)
    inputs = torch.tensor(golden["inputs"], dtype=torch.float64)
    targets = torch.tensor(golden["targets"], dtype=torch.float64)
    given = {name: torch.tensor(p["gradient"], dtype=torch.float64) for name, p in golden["parameters"].items()}
    for part in "hh", "ih":  # the file has two biases, which are added: each has the whole gradient
        given[f"controller.lstm.bias_{part}_l0"] /= 2
    width, size = golden["config"]["memory_width"], golden["config"]["controller_size"]
    wanted = golden_layout(given, width, size)
    for variant in VARIANTS:
        training = golden_training(golden, variant)
        loss = training.gradients(inputs, targets).item() * inputs.size(1)
        difference = abs(loss - golden["loss_nats_summed"])
        for name, parameter in training.model.named_parameters():
            difference = max(difference, (parameter.grad * inputs.size(1) - wanted[name]).abs().max().item())
        say(f"golden loss and gradients, {variant}: off by {difference:.1e}, allowed 1e-9", difference <= 1e-9)

    torch.manual_seed(1)
    lengths = random.Random(1)
    training = Training(Ntm(BITS + 1, BITS), "script-plain", rate=4e-4)
    losses = []
    for _ in range(600):
        length = lengths.randint(1, 5)
        losses.append(training.update(*copy_task(length, 8)).item() / (length * BITS))
    first, last = statistics.mean(losses[:50]), statistics.mean(losses[-50:])
    say(f"loss in 600 updates on 1 to 5 vectors: from {first:.3f} to {last:.3f} nats per bit", last < 0.8 * first)
    return passed


def blas() -> str:
    """The library that multiplies matrices, by the name of the file in use: the reference one is several times slower."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            files = {line.split()[-1] for line in maps if "blas" in line}
    except OSError:
        return "unknown"
    if any("openblas" in file for file in files):
        return "OpenBLAS"
    return "reference" if files else "built in"


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main() -> int:
    parser = Parser(
        description="Times the training step of a Neural Turing Machine in PyTorch; one JSON object for each variant.",
        epilog="variants: " + "; ".join(f"{name}: {what}" for name, what in VARIANTS.items()),
    )
    parser.add_argument("--variant", choices=VARIANTS, action="append", help="what to time (default: all, one after the other)")
    parser.add_argument("--batch", type=int, default=1, help="sequences in an update (default: 1)")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch (default: 1)")
    parser.add_argument("--seconds", type=float, default=5, help="time for each variant, half of it to warm up (default: 5)")
    parser.add_argument("--seed", type=int, default=1, help="where lengths, bits and weights come from (default: 1)")
    parser.add_argument("--versions", action="store_true", help="print the versions instead")
    parser.add_argument("--check", action="store_true", help="check the model instead")
    arguments = parser.parse_args()
    for name, low, high in ("batch", 1, 65536), ("threads", 1, 1024), ("seconds", 0.1, 3600):
        value = getattr(arguments, name)
        if not low <= value <= high:
            parser.error(f"--{name}: expected {low} to {high}, got {value}")

    torch.set_flush_denormal(True)  # first: the other threads inherit it
    torch.set_num_threads(arguments.threads)
    if arguments.versions:
        print(json.dumps({"torch": torch.__version__, "python": platform.python_version(), "blas": blas()}))
        return 0
    if arguments.check:
        here = os.path.dirname(os.path.abspath(__file__))
        return 0 if check(os.path.join(here, "../../core/src/test/resources/golden/ntm-lstm-1r1w.json")) else 1
    for variant in arguments.variant or VARIANTS:
        torch.manual_seed(arguments.seed)
        print(json.dumps(measure(variant, arguments.batch, arguments.seconds, arguments.seed)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
