"""The input components of form-js, one module per kind: how it is read, checked and filled with a sample."""
