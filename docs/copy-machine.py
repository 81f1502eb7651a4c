#!/usr/bin/env python3
"""Writes a Neural Turing Machine that copies, with weights set by hand: python3 copy-machine.py model.safetensors

It shows the layout that docs/checkpoint-format.md describes, and needs Python's standard library only.
The write head puts each input vector one row further. The read head waits on row 0 until the delimiter has gone by,
then follows.
"""
import json
import math
import struct
import sys

BITS = 8                       # of a vector; one more input is the delimiter
INPUTS = BITS + 1
WIDTH = BITS                   # floats in a row of the memory
UNITS = BITS + 2               # LSTM units: one for each bit, then the two below
DELIMITER, ANSWERING = BITS, BITS + 1
INPUT, FORGET, CANDIDATE, OUTPUT = (gate * UNITS for gate in range(4))
YES, NO = 20.0, -20.0          # a sigmoid of these is 1 or 0 to eight decimals
ONE = math.tanh(1)             # what an LSTM unit with an open output gate says when its cell is 1

tensors = {}                   # name -> (shape, rows of floats)


def zeros(name, *shape):
    matrix = [[0.0] * shape[-1] for _ in range(shape[0] if len(shape) == 2 else 1)]
    tensors[name] = (shape, matrix)
    return matrix if len(shape) == 2 else matrix[0]


# Controller: a unit for each input that follows it at once; ANSWERING adds up the delimiter and so remembers it.
weight = zeros("controller.lstm_0.weight_input", 4 * UNITS, INPUTS + WIDTH)
zeros("controller.lstm_0.weight_hidden", 4 * UNITS, UNITS)
bias = zeros("controller.lstm_0.bias", 4 * UNITS)
for unit in range(UNITS):
    weight[CANDIDATE + unit][min(unit, DELIMITER)] = 20.0
    bias[INPUT + unit] = bias[OUTPUT + unit] = YES
    bias[FORGET + unit] = YES if unit == ANSWERING else NO

# Heads. Columns: key, strength, gate, shift (down, stay, up), sharpening; for a write head also erase, add.
STRENGTH, GATE, DOWN, STAY, UP, SHARPENING, ERASE = WIDTH, WIDTH + 1, WIDTH + 2, WIDTH + 3, WIDTH + 4, WIDTH + 5, WIDTH + 6
ADD = ERASE + WIDTH
read_weight = zeros("read_head_0.weight", SHARPENING + 1, UNITS)
read_bias = zeros("read_head_0.bias", SHARPENING + 1)
write_weight = zeros("write_head_0.weight", ADD + WIDTH, UNITS)
write_bias = zeros("write_head_0.bias", ADD + WIDTH)
for head_bias in (read_bias, write_bias):
    head_bias[GATE] = NO       # go on from the last weighting, whatever the key
    head_bias[SHARPENING] = YES
write_bias[UP] = YES
read_bias[STAY] = YES
read_weight[UP][ANSWERING] = 2 * YES / ONE
read_weight[UP][DELIMITER] = -2 * YES / ONE
for bit in range(BITS):
    write_bias[ERASE + bit] = NO
    write_weight[ADD + bit][bit] = 1 / ONE

# Output: a logit of 10 for a read of 1, and -10 for a read of 0.
output_weight = zeros("output.weight", BITS, UNITS + WIDTH)
output_bias = zeros("output.bias", BITS)
for bit in range(BITS):
    output_weight[bit][UNITS + bit] = 20.0
    output_bias[bit] = -10.0

config = {
    "task": {"name": "copy", "width": BITS},
    "machine": {
        "type": "ntm-lstm", "controller_size": UNITS, "controller_layers": 1, "rows": 128, "width": WIDTH,
        "read_heads": 1, "write_heads": 1, "shift_range": 1, "head_order": "read-first",
        "initial_memory": "constant", "initial_memory_value": 0.0, "initial_weighting": "first-row",
        "initial_read": "zero", "initial_controller": "zero", "key_activation": "none", "add_activation": "none",
        "parameter_clip": 0.0, "output_clip": 0.0,
    },
}

# The file: length of the header, header, values.
header = {"__metadata__": {"format": "ntm4j/1", "config": json.dumps(config)}}
data = bytearray()
for name, (shape, matrix) in tensors.items():
    begin = len(data)
    for row in matrix:
        data += struct.pack("<%df" % len(row), *row)
    header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [begin, len(data)]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
