"""The parts of ``benchmarks.corpora``."""
