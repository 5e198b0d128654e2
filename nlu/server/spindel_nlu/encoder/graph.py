"""Builds the ONNX graph of E5's lower layers from the packed weights, 8-bit and for one text.

Input "vectors": (pieces, width), word plus position vectors. Output "states": (pieces, asked
layers x width), every piece as it is after each layer asked for.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

from spindel_nlu.encoder.weights import Floats, Weights

OPSET, IR_VERSION = 20, 9
# 7 bits, not 8: without VNNI the processor adds two products of 8 by 8 bits in 16 and clips, and
# the model would then give other numbers on an older machine than on the one that trained it.
LEVELS = 63


class GraphBuilder:
    """Collects nodes and constants, and says what each operation's output is called."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: dict[str, TensorProto] = {}
        self._quantized: set[str] = set()

    def build(self, layers: Sequence[int]) -> bytes:
        """Return the serialised graph that answers with the states after each of `layers`."""
        state = self._normalise("vectors", "emb.ln")
        asked = []
        for number in range(1, max(layers) + 1):
            state = self._layer(state, number - 1)
            if number in layers:
                asked.append(state)
        self._nodes.append(helper.make_node("Concat", asked, ["states"], axis=1))
        return self._serialised(len(layers))

    def _serialised(self, layers: int) -> bytes:
        width = self._weights.width
        given = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["pieces", width])
        shape = ["pieces", layers * width]
        answer = helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)
        constants = list(self._constants.values())
        graph = helper.make_graph(self._nodes, "e5", [given], [answer], constants)
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION)
        return bytes(model.SerializeToString())

    def _add(self, operation: str, inputs: list[str], **attributes: Any) -> str:
        output = f"{operation}{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def _constant(self, name: str, values: np.ndarray[Any, Any]) -> str:
        if name not in self._constants:
            tensor = numpy_helper.from_array(np.ascontiguousarray(values), name)
            self._constants[name] = tensor
        return name

    def _normalise(self, state: str, name: str) -> str:
        gain = self._constant(f"{name}.w", self._weights.tensor(f"{name}.w"))
        shift = self._constant(f"{name}.b", self._weights.tensor(f"{name}.b"))
        epsilon = self._weights.epsilon
        return self._add("LayerNormalization", [state, gain, shift], axis=-1, epsilon=epsilon)

    def _linear(self, state: str, names: list[str], width: int) -> str:
        """Multiply by the named matrices side by side: 8-bit inside, float outside."""
        matrices = [self._weights.tensor(f"{n}.w").reshape(-1, width) for n in names]
        levels, scales = quantized(np.concatenate(matrices).T)
        biases = np.concatenate([self._weights.tensor(f"{n}.b") for n in names])
        if state not in self._quantized:
            self._quantized.add(state)
            parts = [f"{state}.levels", f"{state}.scale", f"{state}.zero"]
            self._nodes.append(helper.make_node("DynamicQuantizeLinear", [state], parts))
        matrix = self._constant(f"{names[0]}.levels", levels)
        zero = self._constant("zero", np.zeros((), np.int8))
        inputs = [f"{state}.levels", matrix, f"{state}.zero", zero]
        product = self._add("Cast", [self._add("MatMulInteger", inputs)], to=TensorProto.FLOAT)
        scale = self._constant(f"{names[0]}.scales", scales)
        scale = self._add("Mul", [f"{state}.scale", scale])
        product = self._add("Mul", [product, scale])
        return self._add("Add", [product, self._constant(f"{names[0]}.b", biases)])

    def _attention(self, state: str, name: str) -> str:
        """Let every piece look at every other, head by head."""
        heads, width = self._weights.heads, self._weights.width
        size = width // heads
        split = self._constant("split", np.array([0, 3 * heads, size], np.int64))
        joined = self._linear(state, [f"{name}.q", f"{name}.k", f"{name}.v"], width)
        joined = self._add("Reshape", [joined, split])
        joined = self._add("Transpose", [joined], perm=[1, 0, 2])
        query, key, value = (f"{name}.{part}" for part in ("query", "key", "value"))
        thirds = self._constant("thirds", np.array([heads] * 3, np.int64))
        self._nodes.append(helper.make_node("Split", [joined, thirds], [query, key, value], axis=0))
        key = self._add("Transpose", [key], perm=[0, 2, 1])
        scale = self._constant("scale", np.array(size**-0.5, np.float32))
        scores = self._add("MatMul", [self._add("Mul", [query, scale]), key])
        mixed = self._add("MatMul", [self._add("Softmax", [scores], axis=-1), value])
        mixed = self._add("Transpose", [mixed], perm=[1, 0, 2])
        whole = self._constant("whole", np.array([0, width], np.int64))
        return self._linear(self._add("Reshape", [mixed, whole]), [f"{name}.ao"], width)

    def _layer(self, state: str, index: int) -> str:
        name, inner = f"l{index}", self._weights.inner
        attended = self._add("Add", [state, self._attention(state, name)])
        state = self._normalise(attended, f"{name}.aln")
        widened = self._add("Gelu", [self._linear(state, [f"{name}.fi"], self._weights.width)])
        state = self._add("Add", [state, self._linear(widened, [f"{name}.fo"], inner)])
        return self._normalise(state, f"{name}.oln")


def quantized(matrix: Floats) -> tuple[np.ndarray[Any, Any], Floats]:
    """Return whole-number levels and a scale for each column: multiplied, nearly the matrix."""
    scales = np.maximum(np.abs(matrix).max(axis=0) / LEVELS, np.finfo(np.float32).tiny)
    return np.round(matrix / scales).astype(np.int8), scales.astype(np.float32)
