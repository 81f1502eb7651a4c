"""What the machines in PyTorch have in common: how they are trained, timed and checked, and what the commands take.

A machine here is a module with `forward(gates, heads, answers)`, which runs whole sequences and takes its recurrent weights as constants, and with
the linear maps around it: `input_weight`, `recurrent_weight` and `gate_bias` of an LSTM of `size` units, `head_weight` and `head_bias` from its hidden
vector to what the memory is told, `output_weight` and `output_bias`.
"""

import argparse
import json
import platform
import random
import statistics
import sys
import time
from typing import Callable, List, NoReturn, Tuple

try:
    import torch
    import torch.nn.functional as F
    from torch import Tensor, nn
except ImportError as e:
    sys.exit(f"compare: this Python has no PyTorch: {e}")

VARIANTS = {
    "eager": "operation by operation, from Python",
    "script": "TorchScript with the profiling executor and its own differentiation",
    "script-plain": "TorchScript with optimized_execution off: its interpreter, and PyTorch's usual differentiation",
}
BITS = 8
REPEATS = 7


class Training:
    """A machine, its optimiser (RMSProp, centred, with momentum) and a variant of running it."""

    def __init__(self, model: nn.Module, variant: str, rate: float = 1e-4):
        self.model = model
        # TorchScript keeps one compiled program for a class: a class of its own keeps the variants apart.
        kind = type(model)
        model.__class__ = type(kind.__name__, (kind,), {"__annotations__": kind.__annotations__})
        self.run = model if variant.startswith("eager") else torch.jit.script(model)
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


def measure(model: nn.Module, variant: str, batch: int, seconds: float, seed: int) -> dict:
    """Times training steps on copy: half of the time to warm up, then several stretches, as `ntm bench` does."""
    lengths = random.Random(seed)
    training = Training(model, variant)

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


class Check:
    """Says what was checked, and remembers whether all of it was right."""

    def __init__(self):
        self.passed = True

    def say(self, what: str, good: bool) -> None:
        self.passed &= good
        print(("ok      " if good else "FAILED  ") + what, flush=True)

    def variants(self, machine: Callable[[str], nn.Module], variants: List[str]) -> None:
        """All variants have the same loss and gradients; `machine` makes one for a variant."""
        inputs, bits = copy_task(20, 4)
        results = {}
        for variant in variants:
            torch.manual_seed(1)
            training = Training(machine(variant), variant)
            for _ in range(4):  # the profiling executor compiles during the first calls
                loss = training.gradients(inputs, bits) / bits[:, 0].numel()
            results[variant] = torch.cat([loss.view(1)] + [p.grad.flatten() for p in training.parameters])
        difference = max((r - results["eager"]).abs().max().item() for r in results.values())
        self.say(f"loss per bit and gradients of all variants differ by {difference:.1e}, allowed 1e-5", difference <= 1e-5)

    def golden(self, name: str, golden: dict, wanted: dict, machine: Callable[[str], nn.Module], variants: List[str]) -> None:
        """Loss and gradients are those of a golden file, in float64."""
        inputs = torch.tensor(golden["inputs"], dtype=torch.float64)
        targets = torch.tensor(golden["targets"], dtype=torch.float64)
        for variant in variants:
            training = Training(machine(variant), variant)
            loss = training.gradients(inputs, targets).item() * inputs.size(1)
            difference = abs(loss - golden["loss_nats_summed"])
            for parameter, gradient in wanted.items():
                found = getattr(training.model, parameter).grad * inputs.size(1)
                difference = max(difference, (found - gradient).abs().max().item())
            self.say(f"{name}: loss and gradients, {variant}: off by {difference:.1e}, allowed 1e-9", difference <= 1e-9)

    def learning(self, machine: Callable[[str], nn.Module], variant: str) -> None:
        """A short training lowers the loss."""
        torch.manual_seed(1)
        lengths = random.Random(1)
        training = Training(machine(variant), variant, rate=4e-4)
        losses = []
        for _ in range(600):
            length = lengths.randint(1, 5)
            losses.append(training.update(*copy_task(length, 8)).item() / (length * BITS))
        first, last = statistics.mean(losses[:50]), statistics.mean(losses[-50:])
        self.say(f"loss in 600 updates on 1 to 5 vectors: from {first:.3f} to {last:.3f} nats per bit", last < 0.8 * first)


def parser(machine: str, variants: dict) -> Parser:
    """What both commands take."""
    result = Parser(
        description=f"Times the training step of a {machine} in PyTorch; one JSON object for each variant.",
        epilog="variants: " + "; ".join(f"{name}: {what}" for name, what in variants.items()),
    )
    result.add_argument("--variant", choices=variants, action="append", help="what to time (default: all, one after the other)")
    result.add_argument("--batch", type=int, default=1, help="sequences in an update (default: 1)")
    result.add_argument("--threads", type=int, default=1, help="threads of PyTorch (default: 1)")
    result.add_argument("--seconds", type=float, default=5, help="time for each variant, half of it to warm up (default: 5)")
    result.add_argument("--seed", type=int, default=1, help="where lengths, bits and weights come from (default: 1)")
    result.add_argument("--versions", action="store_true", help="print the versions instead")
    return result


def prepare(parser: Parser, arguments: argparse.Namespace, *more: Tuple[str, float, float]) -> None:
    """Checks numbers, and sets up PyTorch."""
    for name, low, high in (("batch", 1, 65536), ("threads", 1, 1024), ("seconds", 0.1, 3600), *more):
        value = getattr(arguments, name)
        if not low <= value <= high:
            parser.error(f"--{name}: expected {low} to {high}, got {value}")
    torch.set_flush_denormal(True)  # first: the other threads inherit it
    torch.set_num_threads(arguments.threads)


def run(arguments: argparse.Namespace, machine: Callable[[str], nn.Module], variants: dict) -> None:
    """Prints versions or times."""
    if arguments.versions:
        print(json.dumps({"torch": torch.__version__, "python": platform.python_version(), "blas": blas()}))
        return
    for variant in arguments.variant or variants:
        torch.manual_seed(arguments.seed)
        print(json.dumps(measure(machine(variant), variant, arguments.batch, arguments.seconds, arguments.seed)), flush=True)
