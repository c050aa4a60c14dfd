"""The instructor's desk: builds stubs and vectors from the reference."""
